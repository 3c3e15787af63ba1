/// From where words stand on the page that was read back to where they stand on the page as it is shown.
extension Page {
  /// The box on the page as it is shown, whose words were read after it was turned upright and straightened.
  package func shown(_ box: PageBox) -> PageBox {
    var box = box
    if slope != 0 {
      // Small angles: the height of the triangle stands for the arc, the length for its shadow.
      let right = Int64(box.x0) + Int64(box.x1) - Int64(width)
      let down = Int64(box.y0) + Int64(box.y1) - Int64(height)
      let across = Int32(clamping: -down * Int64(slope) / 2_000_000)
      let along = Int32(clamping: right * Int64(slope) / 2_000_000)
      box = PageBox(box.x0 + across, box.y0 + along, box.x1 + across, box.y1 + along)
    }
    switch turn {
    case 90: return PageBox(box.y0, width - box.x1, box.y1, width - box.x0)
    case 180: return PageBox(width - box.x1, height - box.y1, width - box.x0, height - box.y0)
    case 270: return PageBox(height - box.y1, box.x0, height - box.y0, box.x1)
    default: return box
    }
  }
}
