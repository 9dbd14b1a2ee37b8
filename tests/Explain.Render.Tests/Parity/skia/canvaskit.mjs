// Skia as WebAssembly, on its own software rasteriser, as exactly as it can draw our scenes.
import CanvasKitInit from "canvaskit-wasm";
import { average } from "./average.mjs";

export const CanvasKit = await CanvasKitInit();

const VERBS = { M: CanvasKit.MOVE_VERB, L: CanvasKit.LINE_VERB, Q: CanvasKit.QUAD_VERB, C: CanvasKit.CUBIC_VERB, Z: CanvasKit.CLOSE_VERB };
const CAPS = { butt: CanvasKit.StrokeCap.Butt, round: CanvasKit.StrokeCap.Round, square: CanvasKit.StrokeCap.Square };
const JOINS = { miter: CanvasKit.StrokeJoin.Miter, round: CanvasKit.StrokeJoin.Round, bevel: CanvasKit.StrokeJoin.Bevel };

const info = (width, height) => ({ width, height, colorType: CanvasKit.ColorType.RGBA_8888, alphaType: CanvasKit.AlphaType.Unpremul, colorSpace: CanvasKit.ColorSpace.SRGB });
const color = ([r, g, b, a]) => Float32Array.of(r / 255, g / 255, b / 255, a / 255);
const picture = (columns, rows, rgba, alphaType = CanvasKit.AlphaType.Unpremul) => CanvasKit.MakeImage({ ...info(columns, rows), alphaType }, rgba, 4 * columns);

export class CanvasKitSurface {
  constructor({ width, height, scale, background }) {
    this.width = width;
    this.height = height;
    this.surface = CanvasKit.MakeSurface(width, height);
    this.canvas = this.surface.getCanvas();
    this.canvas.clear(color(background));
    this.canvas.scale(scale, scale);
    this.made = [this.surface];
  }

  /** Straight-alpha RGBA, row after row. */
  pixels() {
    const snapshot = this.surface.makeImageSnapshot(), pixels = snapshot.readPixels(0, 0, info(this.width, this.height));
    snapshot.delete();
    return pixels;
  }

  /** WebAssembly's memory is not collected. */
  delete() {
    for (const object of this.made) object.delete();
  }

  outline({ verbs, points }, evenOdd) {
    const path = CanvasKit.Path.MakeFromVerbsPointsWeights([...verbs].map(verb => VERBS[verb]), points);
    path.setFillType(evenOdd ? CanvasKit.FillType.EvenOdd : CanvasKit.FillType.Winding);
    return this.#keep(path);
  }

  image({ columns, rows, rgba }) {
    const bytes = Uint8Array.from(Buffer.from(rgba, "base64"));
    return { columns, rows, bytes, skia: this.#keep(picture(columns, rows, bytes)) };
  }

  paint(fill) {
    const paint = this.#keep(new CanvasKit.Paint());
    paint.setAntiAlias(true);
    if (fill.color) {
      paint.setColor(color(fill.color));
      return paint;
    }
    const colors = fill.stops.map(([, ...rgba]) => color(rgba)), offsets = fill.stops.map(([offset]) => offset), clamp = CanvasKit.TileMode.Clamp;
    paint.setShader(this.#keep(fill.line
      ? CanvasKit.Shader.MakeLinearGradient(fill.line.slice(0, 2), fill.line.slice(2), colors, offsets, clamp)
      : CanvasKit.Shader.MakeRadialGradient(fill.circle.slice(0, 2), fill.circle[2], colors, offsets, clamp)));
    return paint;
  }

  pen({ color: ink, width, cap, join, dashes }) {
    const paint = this.#keep(new CanvasKit.Paint());
    paint.setAntiAlias(true);
    paint.setStyle(CanvasKit.PaintStyle.Stroke);
    paint.setColor(color(ink));
    paint.setStrokeWidth(width);
    paint.setStrokeMiter(4);
    paint.setStrokeCap(CAPS[cap]);
    paint.setStrokeJoin(JOINS[join]);
    if (dashes) paint.setPathEffect(this.#keep(CanvasKit.PathEffect.MakeDash(dashes, 0)));
    return paint;
  }

  save() { this.canvas.save(); }

  restore() { this.canvas.restore(); }

  transform([a, b, c, d, e, f]) { this.canvas.concat([a, c, e, b, d, f, 0, 0, 1]); }

  clipRect([x, y, width, height]) { this.canvas.clipRect(CanvasKit.XYWHRect(x, y, width, height), CanvasKit.ClipOp.Intersect, true); }

  clipOutline(outline) { this.canvas.clipPath(outline, CanvasKit.ClipOp.Intersect, true); }

  openLayer(opacity) {
    const paint = new CanvasKit.Paint();
    paint.setAlphaf(opacity);
    this.canvas.saveLayer(paint);
    paint.delete();
  }

  closeLayer() { this.canvas.restore(); }

  fill(outline, paint, adding) {
    paint.setBlendMode(adding ? CanvasKit.BlendMode.Plus : CanvasKit.BlendMode.SrcOver);
    this.canvas.drawPath(outline, paint);
  }

  stroke(outline, pen) { this.fill(outline, pen, false); }

  /**
   * Our rasteriser shows a cell's exact share of each pixel. Skia's nearest sampling looks at the middle of a pixel, so it is the same only where cells end between pixels; elsewhere Skia draws
   * the cells as rectangles, whose areas add up. Cells smaller than a pixel are averaged by area; Skia has nothing like it (its mipmaps average powers of two and mix two of them),
   * so average.mjs does, from the definition, and Skia lays the result over the picture.
   */
  draw(image, [x, y, width, height], sampling) {
    const { columns, rows } = image, m = this.canvas.getTotalMatrix(), [a, c, e, b, d, f] = m;
    if (!(width > 0 && height > 0)) return;
    const upright = (b === 0 && c === 0) || (a === 0 && d === 0);
    const across = Math.hypot(a, b) * width / columns, down = Math.hypot(c, d) * height / rows;
    const whole = value => Math.abs(value - Math.round(value)) < 1e-3;
    const aligned = b === 0 && c === 0 && whole(across) && whole(down) && whole(a * x + e) && whole(d * y + f);
    if ((across < 1 || down < 1) && !aligned) {
      if (b === 0 && c === 0) this.#drawAverage(image, [a * x + e, d * y + f, a * width, d * height], sampling);
      else this.#drawSampled(image, [x, y, width, height], CanvasKit.FilterMode.Linear, CanvasKit.MipmapMode.Linear);
    } else if (sampling === "bilinear" && (!aligned || across > 1 || down > 1)) {
      this.#drawSampled(image, [x, y, width, height], CanvasKit.FilterMode.Linear, CanvasKit.MipmapMode.None);
    } else if (aligned) {
      this.#drawSampled(image, [x, y, width, height], CanvasKit.FilterMode.Nearest, CanvasKit.MipmapMode.None);
    } else {
      this.#drawCells(image, [x, y, width, height], upright);
    }
  }

  #drawSampled({ skia, columns, rows }, [x, y, width, height], filter, mipmaps) {
    const paint = new CanvasKit.Paint();
    paint.setAntiAlias(true);
    this.canvas.drawImageRectOptions(skia, CanvasKit.XYWHRect(0, 0, columns, rows), CanvasKit.XYWHRect(x, y, width, height), filter, mipmaps, paint);
    paint.delete();
  }

  #drawAverage(image, bounds, sampling) {
    const shown = average(image, bounds, sampling, this.width, this.height);
    if (!shown) return;
    this.#lay(shown);
  }

  /** Draws premultiplied device pixels as they are, within the clip. */
  #lay({ x, y, width, height, rgba }) {
    const skia = picture(width, height, rgba, CanvasKit.AlphaType.Premul), [a, c, e, b, d, f] = this.canvas.getTotalMatrix(), det = a * d - b * c, paint = new CanvasKit.Paint();
    this.canvas.save();
    this.canvas.concat([d / det, -c / det, (c * f - d * e) / det, -b / det, a / det, (b * e - a * f) / det, 0, 0, 1]);
    this.canvas.drawImage(skia, x, y, paint);
    this.canvas.restore();
    paint.delete();
    skia.delete();
  }

  #drawCells({ columns, rows, bytes }, [x, y, width, height]) {
    const paint = new CanvasKit.Paint(), at = (k, count, from, length) => from + length * k / count;
    const cells = new Uint32Array(bytes.buffer, bytes.byteOffset, columns * rows);
    paint.setAntiAlias(true);
    paint.setBlendMode(CanvasKit.BlendMode.Plus);
    this.canvas.saveLayer();
    for (let row = 0; row < rows; row++) {
      const top = at(row, rows, y, height), bottom = at(row + 1, rows, y, height);
      for (let column = 0, end; column < columns; column = end) {
        const first = row * columns + column, cell = cells[first];
        end = column + 1;
        while (end < columns && cells[row * columns + end] === cell) end++;
        if (bytes[4 * first + 3] === 0) continue;
        paint.setColor(color(bytes.subarray(4 * first, 4 * first + 4)));
        this.canvas.drawRect(CanvasKit.LTRBRect(at(column, columns, x, width), top, at(end, columns, x, width), bottom), paint);
      }
    }
    this.canvas.restore();
    paint.delete();
  }

  #keep(object) {
    this.made.push(object);
    return object;
  }
}
