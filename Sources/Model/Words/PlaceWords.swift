/// Headings of places, without the words that say which end of a circuit is meant.
extension Inventory {
  static let placeWords: [String: FieldWords] = [
    "endpoints.name": FieldWords(
      """
      site, site name, location, location name, site id, location id, site number, location number, building name,
      building, premises, premises name, facility, facility name, branch, branch name, store, store name, office,
      office name, pop, pop name, data center, datacenter, data centre, data center name, site code, location code,
      site reference, property name, campus, service location, installation site, customer site, customer site name,
      endpoint, endpoint name, customer location, site description, termination site, node name, colo, site label
      """,
      de: """
        Standort, Standortname, Standortbezeichnung, Filiale, Niederlassung, Liegenschaft, Gebäude, Lokation,
        Betriebsstätte, Standort-ID, Standortnummer, Rechenzentrum, Standortkennung, Endstelle, Objekt, Einsatzort
        """,
      fr: """
        nom du site, emplacement, lieu, agence, établissement, bâtiment, localisation, implantation, code site,
        nom de l'établissement, identifiant site, lieu d'installation
        """, perhaps: "node, property, store number, school, werk, termination", near: "demarc, area", shape: .label),
    "endpoints.kind": FieldWords(
      near: "site type, location type, building type, Standorttyp, Standortart, type de site"),
    "endpoints.street": FieldWords(
      """
      address, street address, service address, street, address line 1, address 1, address1, installation address,
      install address, location address, site address, premises address, physical address, full address,
      building address, service location address, street name, street number and name, addr, customer address,
      endpoint address, service street address, facility address, premise address, address line, addressline1,
      service address 1, service address line 1, termination address, site street, site street address, street line 1
      """,
      de: """
        Adresse, Straße, Anschrift, Straße und Hausnummer, Straße Hausnummer, Straße Nr., Installationsadresse,
        Anschlussadresse, Standortadresse, Installationsanschrift, Anschlussanschrift, Straßenname, Endstellenadresse,
        Standortanschrift, Kundenadresse
        """,
      fr: """
        adresse, rue, adresse du site, adresse d'installation, voie, numéro et rue, adresse complète, adresse postale,
        adresse de l'installation, adresse du client, adresse de raccordement
        """, perhaps: "location, site, standort, service location", shape: .street),
    "endpoints.suite": FieldWords(
      """
      suite, floor, room, ste, suite number, floor room, address line 2, address 2, address2, apartment, floor number,
      room number, floor suite, addressline2, suite floor, unit number, flr
      """, de: "Etage, Stockwerk, Raum, Raumnummer, Adresszusatz", fr: "étage, salle, complément d'adresse",
      near: "demarc location, demarc, unit"),
    "endpoints.city": FieldWords(
      "city, town, municipality, city name, city town, town city, locality, suburb, service city, site city",
      de: "Ort, Stadt, Ortschaft, Gemeinde, Ortsname", fr: "ville, commune, localité, nom de la ville", shape: .label),
    "endpoints.state": FieldWords(
      """
      state, province, state province, state or province, state prov, st prov, state code, state name, service st, svc st, site st, site state,
      province state, state region
      """, de: "Bundesland, Kanton", fr: "province", perhaps: "st, service state, région, département",
      near: "region, county, prov",
      shape: .region),
    "endpoints.postal": FieldWords(
      """
      postal, postal code, zip, zip code, zipcode, postcode, post code, zip postal code, zip postal, zip5, service zip, zip 4, zip4,
      site zip, zip plus 4, postal zip code
      """, de: "PLZ, Postleitzahl", fr: "code postal, CP", shape: .postal),
    "endpoints.country": FieldWords(
      "country, country code, site country, nation, country iso, ctry, iso country, country iso code",
      de: "Land, Ländercode, Länderkennzeichen, Länderkürzel", fr: "pays, code pays", perhaps: "country name",
      shape: .country),
    "endpoints.latitude": FieldWords(
      "gps latitude, site latitude", near: "latitude, lat, Breitengrad, y coordinate, y"),
    "endpoints.longitude": FieldWords(
      "gps longitude, site longitude", near: "longitude, lon, lng, long, Längengrad, x coordinate, x"),
    "endpoints.clli": FieldWords(
      """
      clli, clli code, location clli, co clli, wire center clli, site clli, lso clli, swc clli code, serving wire center clli, swc clli,
      central office clli, clli 8, clli 11, pop clli, switch clli
      """, near: "swc, actl, serving wire center, wire center, central office, co", shape: .clli),
    "endpoints.npanxx": FieldWords(near: "npa nxx, npanxx, npa-nxx, npa nxx code"),
    "endpoints.cage": FieldWords("cage, cage number, cage id"),
    "endpoints.rack": FieldWords("rack, rack number, rack id, cabinet", de: "Schrank", fr: "baie"),
  ]
}
