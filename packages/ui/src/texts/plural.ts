/** Owns amounts inside sentences: the form that the language asks for, and digits as its readers write them. */
import { regionOf } from './region.ts';

/** Says `n` with the form for it; `#` stands for the number. */
export type Plural<Form extends Intl.LDMLPluralRule> = (
  n: number,
  forms: Record<Form, string> & { other: string },
) => string;

/** `Form`: every form that the language has, so that the compiler asks for each of them. */
export function plural<Form extends Intl.LDMLPluralRule>(language: string): Plural<Form> {
  let made: { rules: Intl.PluralRules; number: (n: number) => string } | undefined;
  return (n, forms) => {
    made ??= { rules: new Intl.PluralRules(language), number: numberIn(language) };
    const form: string | undefined = (forms as Partial<Record<string, string>>)[
      made.rules.select(n)
    ];
    return (form ?? forms.other).replace('#', made.number(n));
  };
}

/** "1,000", "1.000", "١٬٠٠٠". */
export function numberIn(language: string): (n: number) => string {
  let format: Intl.NumberFormat | undefined;
  return (n) => {
    format ??= new Intl.NumberFormat(regionOf(language));
    return format.format(n);
  };
}
