#!/usr/bin/env python3
"""generate-circuits.py ROWS OUT SEED [--touch]: a circuit inventory as CSV, the same bytes for the same arguments.

25 columns, natural key (carrier, circuit_id); 20,000 sites, 2,400 billing accounts, 60,000 contracts of one term each.
--touch writes the same values in other bytes: every text cell quoted.
"""
import csv
import datetime
import random
import sys

HEADER = (
    "carrier circuit_id account_number service_type bandwidth a_address a_city a_state a_postal z_address z_city "
    "z_state z_postal mrc nrc currency install_date term_months term_end status contract_id po_number cost_center "
    "contact_email notes"
).split()
CARRIERS = [
    "Lumen", "Zayo", "Cogent Communications", "AT&T", "Verizon Business", "Comcast Business", "Windstream",
    "Crown Castle Fiber", "Frontier", "euNetworks", "Telefónica", "Colt",
]
SERVICES = ["DIA", "IP Transit", "EPL", "EVPL", "Wavelength", "Dark Fiber", "Broadband", "SIP Trunk", "MPLS", "SONET"]
SPEEDS = ["T1", "DS3", "10 Mbps", "50 Mbps", "100M", "200 Mbps", "500 Mb/s", "1 Gbps", "2 Gbps", "10GigE", "100 Gbps"]
STATES = ["Active"] * 5 + ["Pending Install", "Disconnected", "Suspended"]
CITIES = [
    ("New York", "NY", "10013"), ("Chicago", "IL", "60616"), ("Denver", "CO", "80202"), ("San José", "CA", "95119"),
    ("Ashburn", "VA", "20147"), ("Dallas", "TX", "75201"), ("Seattle", "WA", "98101"), ("Miami", "FL", "33132"),
]
STREETS = ["Main Street", "Market Street", "Hudson Street", "W Cermak Road", "5th Ave, Suite 200", "Industrial Parkway"]
NOTES = ['quoted "firm" until month end', "install late; credit due", "demarc 3rd floor\nMMR-2", "see ticket 4471, open"]


def days():
    start = datetime.date(2014, 1, 1).toordinal()
    return [datetime.date.fromordinal(start + n).isoformat() for n in range(7000)]


def main(rows, out, seed, touched):
    draw = random.Random(seed)
    pick, below, chance = draw.choice, draw.randrange, draw.random
    day = days()
    sites = [(f"{below(1, 9999)} {pick(STREETS)}",) + pick(CITIES) for _ in range(20_000)]
    accounts = {name: [f"{below(10**9):010d}" for _ in range(200)] for name in CARRIERS}
    contracts = {name: [] for name in CARRIERS}
    for number in range(60_000):
        start, months = below(4500), pick((12, 24, 36, 36, 60))
        contract = (f"SO-{number:06d}", day[start], months, day[start + months * 30])
        contracts[CARRIERS[number % len(CARRIERS)]].append(contract)
    quoting = csv.QUOTE_NONNUMERIC if touched else csv.QUOTE_MINIMAL
    with open(out, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=quoting)
        writer.writerow(HEADER)
        for number in range(rows):
            carrier, service, a, z = pick(CARRIERS), pick(SERVICES), pick(sites), pick(sites)
            contract, start, months, end = pick(contracts[carrier])
            writer.writerow([
                carrier, f"{below(10, 99)}/{service[:3].upper()}X/{number:07d}/{carrier[:2].upper()}",
                pick(accounts[carrier]), service, pick(SPEEDS), *a, *z, f"{40 + chance() * chance() * 9000:.2f}",
                "0.00" if chance() < 0.6 else f"{chance() * 2500:.2f}", "USD" if chance() < 0.9 else "EUR", start,
                str(months), end, pick(STATES), contract, f"PO-{below(10**5, 10**6)}" if chance() < 0.7 else "",
                f"CC{below(100, 999)}", f"noc{below(1, 400)}@carrier.example", pick(NOTES) if chance() < 0.15 else "",
            ])


if __name__ == "__main__":
    given = [argument for argument in sys.argv[1:] if argument != "--touch"]
    if len(given) != 3:
        sys.exit(__doc__)
    main(int(given[0]), given[1], int(given[2]), "--touch" in sys.argv)
