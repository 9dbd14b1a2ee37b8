// An image shown where its cells are smaller than a pixel: each pixel is the mean of what it covers, by area, in premultiplied colours.

/** The device pixels of an upright image as {x, y, width, height, rgba (premultiplied)}, or null where none is visible. Bounds in device pixels; negative sizes mirror. */
export function average({ columns, rows, bytes }, [x, y, width, height], sampling, deviceWidth, deviceHeight) {
  const across = shares(columns, x, width, sampling, deviceWidth), down = shares(rows, y, height, sampling, deviceHeight);
  if (across.pixels.length === 0 || down.pixels.length === 0) return null;
  const rgba = new Uint8Array(4 * across.pixels.length * down.pixels.length);
  let to = 0;
  for (const vertical of down.pixels) {
    for (const horizontal of across.pixels) {
      const sum = [0, 0, 0, 0];
      for (const [row, v] of vertical) {
        for (const [column, u] of horizontal) {
          const at = 4 * (row * columns + column), alpha = u * v * bytes[at + 3];
          for (let channel = 0; channel < 3; channel++) sum[channel] += alpha * bytes[at + channel] / 255;
          sum[3] += alpha;
        }
      }
      for (const value of sum) rgba[to++] = Math.round(value);
    }
  }
  return { x: across.first, y: down.first, width: across.pixels.length, height: down.pixels.length, rgba };
}

/** For each device pixel along one axis the cells it shows, each with its share of the pixel. */
function shares(cells, start, length, sampling, device) {
  const low = Math.max(0, Math.min(start, start + length)), high = Math.min(device, Math.max(start, start + length)), first = Math.floor(low), pixels = [];
  const linear = sampling === "bilinear" && Math.abs(length) > cells;
  for (let pixel = first; pixel < high; pixel++) {
    const from = Math.max(low, pixel), to = Math.min(high, pixel + 1);
    const ends = [from, to].map(at => (at - start) / length * cells).sort((p, q) => p - q);
    pixels.push(linear ? between(cells, (ends[0] + ends[1]) / 2, to - from) : overlaps(cells, ends, to - from));
  }
  return { first, pixels };
}

function between(cells, middle, covered) {
  const at = Math.min(Math.max(middle - 0.5, 0), cells - 1), cell = Math.floor(at);
  return [[cell, covered * (1 - at + cell)], [Math.min(cell + 1, cells - 1), covered * (at - cell)]];
}

function overlaps(cells, [from, to], covered) {
  const result = [];
  for (let cell = Math.max(0, Math.floor(from)); cell < Math.min(cells, to); cell++) {
    result.push([cell, covered * (Math.min(to, cell + 1) - Math.max(from, cell)) / (to - from)]);
  }
  return result;
}
