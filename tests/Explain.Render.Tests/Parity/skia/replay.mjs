// Replays a scene that SceneJson wrote on a surface. A surface is a thin layer over one of Skia's interfaces (canvaskit.mjs, napi.mjs):
//
//   outline({verbs, points}, evenOdd)  image({columns, rows, rgba})  paint(fill)  pen(stroke)      what is made once, before drawing
//   save()  restore()  transform([a, b, c, d, e, f])  clipRect([x, y, width, height])  clipOutline(outline)
//   openLayer(opacity)  closeLayer()                                                               what lies between is drawn apart, then laid over
//   fill(outline, paint, adding)  stroke(outline, pen)  draw(image, bounds, sampling)      adding: colours add up (Skia's "plus")

/** The nodes of a scene with all that can be made before drawing. */
export function prepare(nodes, surface) {
  return nodes.map(node => {
    if (node.image) return { image: surface.image(node.image), bounds: node.bounds, sampling: node.sampling };
    if (node.group) return { ...node, group: prepare(node.group, surface), clipPath: node.clipPath && surface.outline(node.clipPath, false) };
    return {
      text: node.text,
      outline: surface.outline(node.path, node.evenOdd ?? false),
      fill: node.fill && surface.paint(node.fill),
      stroke: node.stroke && surface.pen(node.stroke),
    };
  });
}

/** Draws what prepare made. */
export function replay(nodes, surface) {
  for (const node of nodes) {
    if (node.group) group(node, surface);
    else if (node.image) surface.draw(node.image, node.bounds, node.sampling);
    else {
      if (node.fill) surface.fill(node.outline, node.fill, false);
      if (node.stroke) surface.stroke(node.outline, node.stroke);
    }
  }
}

function group(node, surface) {
  const opacity = node.opacity ?? 1, apart = opacity < 1 || node.adjoining;
  if (opacity <= 0) return;
  surface.save();
  if (node.transform) surface.transform(node.transform);
  if (node.clip) surface.clipRect(node.clip);
  if (node.clipPath) surface.clipOutline(node.clipPath);
  if (apart) surface.openLayer(opacity);
  // Shapes that meet edge to edge share pixels by area: their colours, already multiplied by their coverage, add up. What a mosaic carries besides is drawn over them.
  const isPiece = child => node.adjoining && child.outline && !child.text;
  for (const child of node.group) if (isPiece(child) && child.fill) surface.fill(child.outline, child.fill, true);
  replay(node.group.map(child => isPiece(child) ? { ...child, fill: undefined } : child), surface);
  if (apart) surface.closeLayer();
  surface.restore();
}
