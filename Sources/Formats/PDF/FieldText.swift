import CPoppler

/// What is typed into a form field or written on a page as an annotation: no part of the page's own text.
struct FieldText {
  let box: PDFBox
  let text: String
}

extension PDFPage {
  borrowing func fieldTexts() -> [FieldText] { formValues() + freeTexts() }

  private borrowing func formValues() -> [FieldText] {
    let list = poppler_page_get_form_field_mapping(handle)
    defer { poppler_page_free_form_field_mapping(list) }
    var values: [FieldText] = []
    var link = list
    while let element = link {
      link = element.pointee.next
      guard let mapping = element.pointee.data?.assumingMemoryBound(to: PopplerFormFieldMapping.self).pointee,
        let text = Self.value(mapping.field)
      else { continue }
      values.append(FieldText(box: PDFBox(upward: mapping.area, height: height), text: text))
    }
    return values
  }

  private static func value(_ field: OpaquePointer?) -> String? {
    guard let field else { return nil }
    switch poppler_form_field_get_field_type(field) {
    case POPPLER_FORM_FIELD_TEXT: return taken(poppler_form_field_text_get_text(field))
    case POPPLER_FORM_FIELD_CHOICE:
      let count = poppler_form_field_choice_get_n_items(field)
      let chosen = (0..<max(0, count)).first { poppler_form_field_choice_is_item_selected(field, $0) != 0 }
      return chosen.flatMap { taken(poppler_form_field_choice_get_item(field, $0)) }
        ?? taken(poppler_form_field_choice_get_text(field))
    default: return nil
    }
  }

  private borrowing func freeTexts() -> [FieldText] {
    let list = poppler_page_get_annot_mapping(handle)
    defer { poppler_page_free_annot_mapping(list) }
    var texts: [FieldText] = []
    var link = list
    while let element = link {
      link = element.pointee.next
      guard let mapping = element.pointee.data?.assumingMemoryBound(to: PopplerAnnotMapping.self).pointee,
        poppler_annot_get_annot_type(mapping.annot) == POPPLER_ANNOT_FREE_TEXT,
        let text = Self.taken(poppler_annot_get_contents(mapping.annot))
      else { continue }
      texts.append(FieldText(box: PDFBox(upward: mapping.area, height: height), text: text))
    }
    return texts
  }

  private static func taken(_ text: UnsafeMutablePointer<CChar>?) -> String? {
    guard let text else { return nil }
    defer { g_free(text) }
    return String(cString: text)
  }
}
