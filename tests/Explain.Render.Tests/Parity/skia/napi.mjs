// Skia native on the CPU behind the interface of a web page's canvas, drawn as a program that wants speed would.
import { createCanvas, Path2D } from "@napi-rs/canvas";

const css = ([r, g, b, a]) => `rgba(${r}, ${g}, ${b}, ${a / 255})`;

export class NapiSurface {
  #layers = [];

  constructor({ width, height, scale, background }) {
    this.width = width;
    this.height = height;
    this.scale = scale;
    this.background = css(background);
    this.canvas = createCanvas(width, height);
    this.context = this.canvas.getContext("2d");
  }

  /** An empty picture. */
  clear() {
    const context = this.context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = this.background;
    context.fillRect(0, 0, this.width, this.height);
    context.scale(this.scale, this.scale);
  }

  encode() { return this.canvas.encodeSync("png"); }

  outline({ verbs, points }, evenOdd) {
    const path = new Path2D();
    let i = 0;
    for (const verb of verbs) {
      if (verb === "M") path.moveTo(points[i++], points[i++]);
      else if (verb === "L") path.lineTo(points[i++], points[i++]);
      else if (verb === "Q") path.quadraticCurveTo(points[i++], points[i++], points[i++], points[i++]);
      else if (verb === "C") path.bezierCurveTo(points[i++], points[i++], points[i++], points[i++], points[i++], points[i++]);
      else path.closePath();
    }
    return { path, rule: evenOdd ? "evenodd" : "nonzero" };
  }

  image({ columns, rows, rgba }) {
    const canvas = createCanvas(columns, rows), context = canvas.getContext("2d"), data = context.createImageData(columns, rows);
    data.data.set(Buffer.from(rgba, "base64"));
    context.putImageData(data, 0, 0);
    return canvas;
  }

  paint(fill) {
    if (fill.color) return css(fill.color);
    const gradient = fill.line ? this.context.createLinearGradient(...fill.line) : this.context.createRadialGradient(fill.circle[0], fill.circle[1], 0, ...fill.circle);
    for (const [offset, ...rgba] of fill.stops) gradient.addColorStop(offset, css(rgba));
    return gradient;
  }

  pen({ color, dashes = [], ...rest }) { return { color: css(color), dashes, ...rest }; }

  save() { this.context.save(); }

  restore() { this.context.restore(); }

  transform(matrix) { this.context.transform(...matrix); }

  clipRect([x, y, width, height]) {
    this.context.beginPath();
    this.context.rect(x, y, width, height);
    this.context.clip();
  }

  clipOutline({ path }) { this.context.clip(path); }

  openLayer(opacity) {
    const canvas = createCanvas(this.width, this.height), context = canvas.getContext("2d"), under = this.context;
    context.setTransform(under.getTransform());
    this.#layers.push({ under, canvas, opacity });
    this.context = context;
  }

  closeLayer() {
    const { under, canvas, opacity } = this.#layers.pop();
    under.save();
    under.setTransform(1, 0, 0, 1, 0, 0);
    under.globalAlpha = opacity;
    under.drawImage(canvas, 0, 0);
    under.restore();
    this.context = under;
  }

  fill({ path, rule }, paint, adding) {
    this.context.globalCompositeOperation = adding ? "lighter" : "source-over";
    this.context.fillStyle = paint;
    this.context.fill(path, rule);
  }

  stroke({ path }, { color, width, cap, join, dashes }) {
    const context = this.context;
    context.globalCompositeOperation = "source-over";
    context.strokeStyle = color;
    context.lineWidth = width;
    context.lineCap = cap;
    context.lineJoin = join;
    context.miterLimit = 4;
    context.setLineDash(dashes);
    context.stroke(path);
  }

  draw(image, [x, y, width, height], sampling) {
    const context = this.context, { a, b, c, d } = context.getTransform();
    const shrunk = Math.hypot(a, b) * width < image.width || Math.hypot(c, d) * height < image.height;
    context.globalCompositeOperation = "source-over";
    context.imageSmoothingEnabled = sampling === "bilinear" || shrunk;
    context.drawImage(image, x, y, width, height);
  }
}
