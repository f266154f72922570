/** Owns plots: lines over two logarithmic axes, as SVG that reads on light and dark pages. */

export interface Plot {
  /** Also the file's. */
  name: string;
  title: string;
  x: string;
  y: string;
  lines: { name: string; points: { x: number; y: number }[] }[];
}

const width = 720;
const height = 420;
const margin = { left: 64, right: 200, top: 44, bottom: 48 };
const colours = ['#d1495b', '#00798c', '#8f6bb3', '#4f8a4a', '#8a8a8a', '#c98b1a'];

export function drawPlot({ title, x, y, lines }: Plot): string {
  const points = lines.flatMap((line) => line.points);
  const across = scaleOf(
    points.map((point) => point.x),
    [margin.left, width - margin.right],
  );
  const up = scaleOf(
    points.map((point) => point.y),
    [height - margin.bottom, margin.top],
  );
  const grid = [
    ...across.ticks.map((tick) => {
      const at = across.place(tick);
      return `<path d="M${at} ${margin.top}V${height - margin.bottom}"/>${label(at, height - margin.bottom + 18, 'middle', tick)}`;
    }),
    ...up.ticks.map((tick) => {
      const at = up.place(tick);
      return `<path d="M${margin.left} ${at}H${width - margin.right}"/>${label(margin.left - 8, at + 4, 'end', tick)}`;
    }),
  ];
  const drawn = lines.map(({ name, points }, index) => {
    const colour = colours[index % colours.length];
    const places = points.map((point) => `${across.place(point.x)},${up.place(point.y)}`);
    const dots = places.map((place) => {
      const [cx, cy] = place.split(',');
      return `<circle cx="${cx}" cy="${cy}" r="3.5"/>`;
    });
    const row = margin.top + 12 + index * 22;
    return `<g fill="${colour}" stroke="${colour}"><polyline points="${places.join(' ')}" fill="none" stroke-width="2"/>${dots.join('')}<circle cx="${width - margin.right + 16}" cy="${row - 4}" r="4"/></g>${label(width - margin.right + 26, row, 'start', name)}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#fff"/>
<g stroke="#ddd" fill="#444">${grid.join('\n')}</g>
${drawn.join('\n')}
<text x="${margin.left}" y="22" font-size="15" font-weight="600" fill="#222">${escaped(title)}</text>
${label((margin.left + width - margin.right) / 2, height - 10, 'middle', x)}
<text transform="translate(16 ${height / 2}) rotate(-90)" text-anchor="middle" fill="#444">${escaped(y)}</text>
</svg>
`;
}

/** By powers of ten, with 1, 2 and 5 as ticks. */
function scaleOf(values: readonly number[], [from, to]: readonly [number, number]) {
  const least = Math.log10(Math.min(...values) * 0.8);
  const most = Math.log10(Math.max(...values) * 1.25);
  const place = (value: number) =>
    Math.round((from + ((Math.log10(value) - least) / (most - least)) * (to - from)) * 10) / 10;
  const ticks: number[] = [];
  for (let power = Math.floor(least); power <= most; power++) {
    for (const digit of [1, 2, 5]) {
      const tick = digit * 10 ** power;
      if (Math.log10(tick) >= least && Math.log10(tick) <= most)
        ticks.push(Number(tick.toPrecision(1)));
    }
  }
  return { place, ticks };
}

function label(x: number, y: number, anchor: string, text: string | number): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="#444" stroke="none">${escaped(typeof text === 'number' ? text.toLocaleString('en') : text)}</text>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
