/** Owns the tone of a message: two short soft notes, made here. A page that nobody has touched yet may not sound. */
let audio: AudioContext | null = null;

export function playTone(): void {
  if (navigator.userActivation?.hasBeenActive === false || !('AudioContext' in globalThis)) return;
  audio ??= new AudioContext();
  const { currentTime: now, destination } = audio;
  for (const [at, frequency] of [
    [0, 659],
    [0.11, 880],
  ] as const) {
    const note = audio.createOscillator();
    const volume = audio.createGain();
    note.frequency.value = frequency;
    volume.gain.setValueAtTime(0.0001, now + at);
    volume.gain.exponentialRampToValueAtTime(0.06, now + at + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0001, now + at + 0.3);
    note.connect(volume).connect(destination);
    note.start(now + at);
    note.stop(now + at + 0.32);
  }
}
