/** Owns a line between a client and a server that can hold back what comes, to hand it over as one turn of the client. */
import { WebSocket } from 'ws';

type Arrive = (event: { data: string }) => void;

/** For one client with one socket at a time. */
export function createHoldingLine() {
  let arrive: Arrive = () => {};
  let held: string[] | null = null;
  let onHeld = () => {};

  class Socket {
    onopen: (() => void) | null = null;
    onclose: ((event: { code: number; reason: string }) => void) | null = null;
    onerror: (() => void) | null = null;
    onmessage: Arrive | null = null;
    readonly #real: WebSocket;

    constructor(url: string, protocols?: string | string[]) {
      this.#real = new WebSocket(url, protocols, { perMessageDeflate: false });
      arrive = (event) => this.onmessage?.(event);
      this.#real.on('open', () => this.onopen?.());
      this.#real.on('error', () => this.onerror?.());
      this.#real.on('close', (code, reason) => this.onclose?.({ code, reason: String(reason) }));
      this.#real.on('message', (data) => {
        const text = String(data);
        if (held === null) return arrive({ data: text });
        held.push(text);
        onHeld();
      });
    }

    send(text: string): void {
      this.#real.send(text);
    }

    close(code?: number, reason?: string): void {
      this.#real.close(code, reason);
    }
  }

  return {
    Socket,
    hold(): void {
      held = [];
    },
    /** All that came since `hold`, once `isEnough` of it. Later ones go through. */
    async take(isEnough: (texts: readonly string[]) => boolean): Promise<string[]> {
      const all = held ?? [];
      while (!isEnough(all)) {
        await new Promise<void>((resolve) => {
          onHeld = resolve;
        });
      }
      held = null;
      return all;
    },
    handOver(texts: readonly string[]): void {
      for (const data of texts) arrive({ data });
    },
  };
}
