/** Owns when figures must not be believed. */

export interface Load {
  /** Parts of a core. */
  serverBusy: number;
  generatorBusy: number;
  /** Whether the server is claimed to have had no rest. */
  saturating: boolean;
}

export function warningsOf({ serverBusy, generatorBusy, saturating }: Load): string[] {
  const warnings: string[] = [];
  if (generatorBusy > 0.8) warnings.push(`the generator was ${percent(generatorBusy)} busy`);
  if (saturating && serverBusy < 0.95)
    warnings.push(`not saturated: the server was ${percent(serverBusy)} busy`);
  return warnings;
}

export function percent(part: number): string {
  return `${Math.round(part * 100)} %`;
}
