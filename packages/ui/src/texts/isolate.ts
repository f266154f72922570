/** Owns keeping a name of one direction from scrambling a sentence of the other, where no element can stand around it. */

const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const leftToRight =
  /(?![\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}])\p{L}/u;

/** As it is, if all of it runs the way of the sentence; else between the invisible marks of an isolate (U+2068, U+2069). */
export function isolate(text: string, direction: 'ltr' | 'rtl'): string {
  const turns = direction === 'ltr' ? rightToLeft : leftToRight;
  const isAlone = text.startsWith('\u2068') && text.endsWith('\u2069');
  return turns.test(text) && !isAlone ? `\u2068${text}\u2069` : text;
}
