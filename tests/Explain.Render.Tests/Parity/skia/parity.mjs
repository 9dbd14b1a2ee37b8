// usage: node parity.mjs FOLDER FINER
//
// Draws every FOLDER/name.json with Skia to FOLDER/name.rgba (straight alpha, row after row) and, on a grid FINER times finer that is averaged, to FOLDER/name.fine.rgba.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CanvasKitSurface } from "./canvaskit.mjs";
import { prepare, replay } from "./replay.mjs";

/** Rows that are drawn at once on the fine grid: WebAssembly's memory is small. */
const BAND = 64;

const [folder, finer] = process.argv.slice(2);
for (const file of readdirSync(folder).filter(name => name.endsWith(".json"))) {
  const scene = JSON.parse(readFileSync(join(folder, file), "utf8"));
  const name = join(folder, file.slice(0, -".json".length));
  writeFileSync(name + ".rgba", draw(scene, scene.height, 1));
  writeFileSync(name + ".fine.rgba", draw(scene, BAND, Number(finer)));
}

/** The picture, drawn in bands of so many rows. */
function draw(scene, band, finer) {
  const pieces = [];
  for (let top = 0; top < scene.height; top += band) {
    const surface = new CanvasKitSurface(scene, top, Math.min(band, scene.height - top), finer);
    replay(prepare(scene.nodes, surface), surface);
    pieces.push(surface.pixels());
    surface.delete();
  }
  return Buffer.concat(pieces);
}
