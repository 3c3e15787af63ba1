/// Where a circuit stands in its life (model.md 2.3).
package enum CircuitStatus: String, Kind {
  case planned
  case ordered
  case provisioning
  case active
  case suspended
  case disconnectPending = "disconnect_pending"
  case disconnected
  case cancelled

  package static let lexicon = words([
    (.planned, "plan proposed quoted design pre_order future geplant prevu"),
    (.ordered, "order_placed on_order submitted order bestellt commande"),
    (
      .provisioning,
      """
      pending pending_install pending_installation installing install_pending in_progress in_provisioning staged \
      turn_up turnup testing foc_received pending_activation pending_turn_up in_bereitstellung
      """
    ),
    (
      .active,
      """
      live in_service inservice up on enabled installed connected billing operational production activated working \
      aktiv in_betrieb actif en_service
      """
    ),
    (.suspended, "offline down inactive on_hold hold paused seasonal_suspend out_of_service gesperrt suspendu"),
    (
      .disconnectPending,
      """
      pending_disconnect pending_disconnection disconnecting deprovisioning pending_cease cease_pending \
      disconnect_ordered pending_termination in_disconnect gekundigt en_cours_de_resiliation
      """
    ),
    (
      .disconnected,
      """
      disconnect ceased decommissioned terminated deactivated retired removed closed disco disc abgeschaltet \
      resilie
      """
    ),
    (
      .cancelled,
      """
      canceled cancel order_cancelled order_canceled cancelled_before_install abandoned withdrawn storniert annule
      """
    ),
  ])
}
