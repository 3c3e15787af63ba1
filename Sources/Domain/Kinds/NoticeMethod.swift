/// How a notice must reach the carrier (model.md 2.2).
package enum NoticeMethod: String, Kind {
  case email
  case portal
  case certifiedMail = "certified_mail"

  package static let lexicon = words([
    (.email, "e_mail mail_electronic electronic_mail"),
    (.portal, "web online customer_portal web_portal"),
    (
      .certifiedMail,
      """
      certified registered_mail registered certified_letter written letter einschreiben courier overnight_courier
      """
    ),
  ])
}
