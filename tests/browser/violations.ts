/** Owns what axe finds on the screen of a person, one text for each rule. */
import axe from 'axe-core';
import type { Person } from './person.ts';

export async function violations({ page }: Pick<Person, 'page'>): Promise<string[]> {
  await page.evaluate(axe.source);
  const results = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
  );
  return results.violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html }) => `  ${html}`).join('\n')}`,
  );
}
