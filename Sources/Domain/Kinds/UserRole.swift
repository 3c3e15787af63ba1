/// What a person or program may write and approve (model.md 2.7).
package enum UserRole: String, Kind {
  case exec
  case finance
  case networkEng = "network_eng"
  case operations
  case pm
  case sales
  case readOnly = "read_only"
  case agent

  package static let lexicon = words([
    (.exec, "executive management"),
    (.finance, "financial accounting tem ap"),
    (.networkEng, "network network_engineer network_engineering engineering engineer"),
    (.operations, "ops noc operator"),
    (.pm, "project_manager project_management project"),
    (.sales, "account_manager"),
    (.readOnly, "readonly viewer reader auditor"),
    (.agent, "bot service_account ai"),
  ])
}
