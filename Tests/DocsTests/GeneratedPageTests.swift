import TestSupport
import Testing

/// Pages written from the program itself; `make record` writes them anew.
@Suite struct GeneratedPageTests {
  @Test func dataModel() throws { try Golden.check(DataModelPage.text, "docs/data-model.md") }

  @Test func normalForms() throws { try Golden.check(NormalFormsPage.text, "docs/normal-forms.md") }

  @Test func exitStatus() throws { try Golden.check(ExitStatusPage.text, "docs/exit-status.md") }

  @Test func configuration() throws { try Golden.check(ConfigurationPage.text, "docs/configuration.md") }
}
