"""What the canonical column names of data/tables/headers are called here."""

# Canonical column name -> mapping target. Names that are not here have no place in the inventory yet: such a column counts
# as taken when it is left out under its right name.
TARGETS = {
    "circuit_id": "circuit.carrier_circuit_id", "carrier": "carrier.name", "carrier_account": "billing_account.ban",
    "service_type": "service_type.code", "bandwidth": "circuit.commit", "upload_speed": "circuit.up",
    "status": "circuit.status", "mrc": "circuit.mrc", "nrc": "circuit.nrc", "currency": "circuit.currency",
    "term_months": "term.months", "install_date": "circuit.installed_on", "disconnect_date": "circuit.disconnected_on",
    "contract_number": "contract.number", "contract_start": "contract.effective_on", "contract_end": "term.ends_on",
    "auto_renew": "term.auto_renew", "notice_days": "term.notice_days", "order_number": "circuit.order_number",
    "po_number": "circuit.po_number", "cost_center": "circuit.cost_center", "customer": "customer.name",
    "contact_name": "circuit.contact_name", "contact_email": "circuit.contact_email",
    "contact_phone": "circuit.contact_phone", "notes": "circuit.notes", "usoc": "circuit.usoc",
}
for side in "az":
    for name, field in [("site", "name"), ("address", "street"), ("city", "city"), ("state", "state"),
                        ("postal", "postal"), ("country", "country"), ("clli", "clli")]:
        TARGETS[f"{side}_{name}"] = f"endpoint.{side}.{field}"

# The inventory tells apart what the list puts under one name; these are right as well, and named where they occur.
FINER = {
    "install_date": ["circuit.foc_date", "circuit.accepted_on"], "bandwidth": ["circuit.port"],
    "contract_start": ["term.starts_on"], "cost_center": ["circuit.gl_code"],
}
