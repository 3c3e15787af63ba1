import Records
import SQL

extension OpenWarehouse {
  /// Notes that a run's single source, read with its mapping, is what the database says at `serial`.
  ///
  /// While the serial stays, the same bytes again are nothing to do. Runs of several sources are not noted.
  package func noteLoad(_ run: Run, set: Int?, serial: Int, at now: String) throws {
    guard run.sources.items.count == 1, let source = run.sources.items.first?["src"]?.text,
      let mapping = run.mapping["sha256"]?.text, run.isSealed, run.counts["rejected"]?.int == 0,
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
        .text(source), .text(mapping), .int(Int64(run.number)), set.map { .int(Int64($0)) } ?? .null,
        .int(Int64(serial)), .text(now),
      ])
  }
}
