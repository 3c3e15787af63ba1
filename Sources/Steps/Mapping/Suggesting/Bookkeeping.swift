/// Columns that belong to the sheet and not to what it lists: row numbers, who changed what, totals' helpers.
enum Bookkeeping {
  /// Why a heading is none of the inventory's business; nil where it may be.
  static func reason(_ heading: String, _ column: SourceTable.Column) -> String? {
    if column.isEmpty, HeaderTokens.split(heading).isEmpty { return "empty column" }
    if let first = column.samples.first, first.hasPrefix("="), column.samples.allSatisfy({ $0.hasPrefix("=") }) {
      return "formulas"
    }
    let words = HeaderTokens.split(heading)
    if words == ["number"], heading.contains("#") { return "row numbers" }
    if phrases.contains(words.joined(separator: " ")) { return "bookkeeping of the sheet" }
    if let last = words.last, last == "by", words.contains(where: doers.contains) { return "bookkeeping of the sheet" }
    if words.count == 2, ["column", "spalte", "colonne", "unnamed", "field"].contains(words[0]), Int(words[1]) != nil {
      return "a column without a name"
    }
    return nil
  }

  private static let doers: Set<String> = [
    "checked", "reviewed", "verified", "created", "modified", "updated", "changed", "entered", "approved", "edited",
    "prepared", "validated", "added", "audited", "imported", "assigned", "completed",
  ]

  private static let phrases: Set<String> = Set(
    """
    row,row number,row no,row id,rownum,rowid,sl no,sl number,sr no,sr number,serial,serial no,
    serial number,seq,sequence,sequence number,seq no,index,idx,record number,record no,record id,
    objectid,object id,fid,guid,uuid,checksum,hash,select,selected,check,checked,verified,reviewed,validated,
    created,created on,created at,created date,date created,create date,modified,modified on,modified at,modified date,
    date modified,updated,updated on,updated at,updated date,date updated,last updated,last modified,last update,
    last modified date,last updated date,last updated on,last change,changed on,timestamp,time stamp,version,revision,
    content type,path,item type,etag,attachments,unnamed,blank,filler,spare,dummy,color,colour,sort,sort order,
    lfd nr,lfdnr,laufende nummer,zeile,zeilennummer,zeilennr,nr,pos,pos nr,geprüft,geprueft,gepruft,gepruft am,geandert am,
    geandert von,erstellt am,erstellt von,erfasst am,erfasst von,zuletzt geandert,bearbeiter,bearbeitet von,
    gepruft von,ligne numero,numero ligne,cree le,cree par,modifie le,modifie par,verifie par,date de creation,
    date de modification,shape,shape length,shape area,shape leng,shapelen,globalid,global id,checked on,verified on,
    reviewed on,import date,load date,export date,report date,run date,extract date,row hash,batch id,file name,filename
    """.split { $0 == "," || $0 == "\n" }.map { String($0.drop { $0 == " " }) }.map {
      HeaderTokens.split($0).joined(separator: " ")
    })
}
