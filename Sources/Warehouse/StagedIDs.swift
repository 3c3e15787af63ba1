/// Ids of staged rows: the run's number above the lower 32 bits, which count the run's rows in order of entity and key.
///
/// So a run's rows lie together, no two runs ever share an id, and reading by id is reading in order of the keys.
package enum StagedIDs {
  package static func first(ofRun run: Int) -> Int64 { Int64(run) << 32 | 1 }

  package static func last(ofRun run: Int) -> Int64 { Int64(run) << 32 | 0xffff_ffff }
}
