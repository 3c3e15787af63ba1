package import Records
import SQL

/// The ledger of loads: while the serial stays, the same bytes read in the same way are nothing to do.
extension OpenWarehouse {
  /// Notes that a run's single source, read with its mapping, is what the database says at `serial`.
  ///
  /// Runs of several sources are not noted, nor are documents: which of their pages had words depends on more than bytes.
  package func noteLoad(_ run: Run, set: Int?, serial: Int, at now: String) throws {
    guard run.sources.items.count == 1, let origin = run.sources.items.first, origin["src"]?.text != nil,
      run.mapping["sha256"]?.text != nil, run.kind == .table, run.isSealed, run.counts["rejected"]?.int == 0,
      run.counts["rejected_before"]?.int == 0
    else { return }
    try database.run(
      """
      INSERT INTO loads (sources, mapping, run_no, change_set, serial, loaded_at) VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (sources, mapping) DO UPDATE
        SET run_no = excluded.run_no, change_set = excluded.change_set, serial = excluded.serial,
          loaded_at = excluded.loaded_at
      """,
      [
        .text(LoadedSource.identity(of: origin).line), .text(run.mapping.line), .int(Int64(run.number)),
        set.map { .int(Int64($0)) } ?? .null, .int(Int64(serial)), .text(now),
      ])
  }

  /// The run that loaded a source of this origin by this mapping, if nothing was committed since.
  package func load(of origin: JSON, by mapping: JSON) throws -> Run? {
    let number = try database.firstInt(
      "SELECT run_no FROM loads WHERE sources = $1 AND mapping = $2 AND serial = $3",
      [.text(LoadedSource.identity(of: origin).line), .text(mapping.line), .int(Int64(try serial()))])
    return try number.flatMap { try run(number: Int($0)) }
  }

  /// The loads that hold at the present serial, in the order in which they were made.
  package func loads() throws -> [LoadedSource] {
    let serial = try serial()
    let rows = try database.rows(
      "SELECT sources, mapping, run_no FROM loads WHERE serial = $1 ORDER BY run_no", [.int(Int64(serial))])
    return try rows.compactMap { row in
      // Ledgers of earlier programs name a source by its digest alone.
      guard let source = row[0].text.flatMap({ JSON.parse($0) }), let mapping = row[1].text.flatMap({ JSON.parse($0) }),
        let number = row[2].int, let run = try run(number: Int(number))
      else { return nil }
      return LoadedSource(source: source, mapping: mapping, run: run.name, serial: serial)
    }
  }
}
