/** Owns how many scans a JPEG has, by its markers alone: as a decoder finds them, and without unpacking any. */

const startOfScan = 0xda;
const endOfImage = 0xd9;

export function countScans(jpeg: Buffer): number {
  let scans = 0;
  let at = jpeg.indexOf(0xff);
  while (at !== -1 && at + 3 < jpeg.length) {
    const marker = jpeg.readUInt8(at + 1);
    if (marker === endOfImage) break;
    if (marker === startOfScan) scans += 1;
    at = jpeg.indexOf(0xff, at + lengthAt(jpeg, at, marker));
  }
  return scans;
}

/** What is passed over. The data of a scan lies behind it, to be searched for the next marker. */
function lengthAt(jpeg: Buffer, at: number, marker: number): number {
  // One byte that fills; then markers that stand alone, and a byte of data that looks like one.
  if (marker === 0xff) return 1;
  const standsAlone = marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8);
  return standsAlone ? 2 : 2 + jpeg.readUInt16BE(at + 2);
}
