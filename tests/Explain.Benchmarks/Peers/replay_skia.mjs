// Replays a scene that "Explain.Benchmarks replay RUN FILE.json" wrote with native Skia (@napi-rs/canvas) and encodes it as PNG.
//
// usage: node replay_skia.mjs FILE.json TIMES [FILE.png]      needs npm ci in tests/Explain.Render.Tests/Parity/skia
//
// Prints the medians in milliseconds: draw and encode with outlines, images and paints made before; build for making those; total = draw + encode, whole = build + draw + encode.
// The JSON is read before the clock starts.
import { readFileSync, writeFileSync } from "node:fs";
import { NapiSurface } from "../../Explain.Render.Tests/Parity/skia/napi.mjs";
import { prepare, replay } from "../../Explain.Render.Tests/Parity/skia/replay.mjs";

const [file, times, output] = process.argv.slice(2);
const scene = JSON.parse(readFileSync(file, "utf8"));
const surface = new NapiSurface(scene);
const clocks = { build: [], draw: [], encode: [], total: [], whole: [] };
const median = values => [...values].sort((a, b) => a - b)[values.length >> 1];
let png;
for (let i = -3; i < Number(times); i++) {
  const start = performance.now();
  const prepared = prepare(scene.nodes, surface);
  const built = performance.now();
  surface.clear();
  replay(prepared, surface);
  surface.context.getImageData(0, 0, 1, 1); // Whatever was only noted down is drawn now.
  const drawn = performance.now();
  png = surface.encode();
  const end = performance.now();
  if (i < 0) continue; // The compiler's work is not the method's.
  clocks.build.push(built - start);
  clocks.draw.push(drawn - built);
  clocks.encode.push(end - drawn);
  clocks.total.push(end - built);
  clocks.whole.push(end - start);
}
if (output) writeFileSync(output, png);
console.log(Object.entries(clocks).map(([name, values]) => `${name} ${median(values).toFixed(3)}`).join(" "), `bytes ${png.length}`);
