/** Owns the sign that something is under way. */
export function Spinner({ label }: { label: string }) {
  return <span className="natter-spinner" role="progressbar" aria-label={label} />;
}
