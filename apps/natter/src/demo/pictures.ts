/** Owns the demo's pictures. They are drawn when they are needed, so that the repository holds no binaries. */
import sharp from 'sharp';

export type PictureName = 'hills' | 'lighthouse' | 'sketch';

const frame = (width: number, height: number, inner: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${inner}</svg>`;

const sky = (top: string, low: string) =>
  `<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${top}"/><stop offset="1" stop-color="${low}"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#sky)"/>`;

const drawings: Readonly<Record<PictureName, { svg: string; type: 'jpeg' | 'png' }>> = {
  hills: {
    type: 'jpeg',
    svg: frame(
      1_600,
      1_067,
      `${sky('#2b4a7f', '#f6b26b')}
      <circle cx="1130" cy="560" r="95" fill="#ffe9b8"/>
      <path d="M0 700 Q200 520 420 640 T860 600 T1290 650 T1600 560 V1067 H0Z" fill="#5a5f86"/>
      <path d="M0 800 Q260 640 520 760 T1010 720 T1600 770 V1067 H0Z" fill="#3d4a6b"/>
      <path d="M0 900 Q320 780 700 880 T1600 850 V1067 H0Z" fill="#263450"/>
      <path d="M820 1067 Q850 980 790 930 T840 860" stroke="#c9a36a" stroke-width="14" fill="none" opacity=".7"/>`,
    ),
  },
  lighthouse: {
    type: 'jpeg',
    svg: frame(
      1_200,
      1_500,
      `${sky('#7fb4d8', '#f3efe2')}
      <rect y="980" width="1200" height="520" fill="#2f6f8f"/>
      <path d="M0 1040 Q150 1020 300 1040 T600 1040 T900 1040 T1200 1040" stroke="#e8f3f5" stroke-width="8" fill="none" opacity=".6"/>
      <path d="M560 1010 Q760 900 1200 940 V1140 Q860 1120 560 1010Z" fill="#6b6f57"/>
      <path d="M790 960 L820 470 H920 L950 960Z" fill="#fbf7ee"/>
      <path d="M800 800 L805 710 H935 L940 800Z M812 590 L817 520 H923 L928 590Z" fill="#c8443c"/>
      <rect x="806" y="440" width="128" height="34" fill="#37404d"/>
      <rect x="832" y="360" width="76" height="82" fill="#ffe08a"/>
      <path d="M820 362 L870 300 L920 362Z" fill="#c8443c"/>
      <path d="M180 420 q40 -36 80 0 q40 -36 80 0 M380 300 q30 -28 60 0 q30 -28 60 0" stroke="#37404d" stroke-width="8" fill="none"/>`,
    ),
  },
  sketch: {
    type: 'png',
    svg: frame(
      1_000,
      640,
      `<rect width="100%" height="100%" fill="#fdfcf8"/>
      <g fill="none" stroke="#2c3e50" stroke-width="6" stroke-linecap="round" stroke-linejoin="round">
        <rect x="70" y="90" width="230" height="140" rx="16"/>
        <rect x="390" y="90" width="230" height="140" rx="16"/>
        <rect x="710" y="90" width="230" height="140" rx="16"/>
        <rect x="390" y="400" width="230" height="140" rx="16"/>
        <path d="M305 160 H375 M360 145 L378 160 L360 175"/>
        <path d="M625 160 H695 M680 145 L698 160 L680 175"/>
        <path d="M820 235 Q820 470 640 470 M656 454 L636 470 L656 488"/>
        <g stroke="#c0392b"><path d="M385 470 Q185 470 185 250 M168 268 L185 246 L203 268"/></g>
        <path d="M110 140 H250 M110 175 H210 M430 140 H570 M430 175 H530 M750 140 H890 M750 175 H850 M430 450 H570 M430 485 H510" stroke="#95a5a6"/>
      </g>`,
    ),
  },
};

export async function drawPicture(name: PictureName): Promise<{ data: Uint8Array; file: string }> {
  const { svg, type } = drawings[name];
  const image = sharp(Buffer.from(svg));
  const data = await (type === 'jpeg' ? image.jpeg({ quality: 88 }) : image.png()).toBuffer();
  return { data, file: `${name}.${type === 'jpeg' ? 'jpg' : 'png'}` };
}
