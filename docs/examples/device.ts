/** What a device keeps, and wiping it. The page on what a device keeps shows the lines. */
import { createChatClient, type GetToken } from '@natter/client';

export async function keepNothing(url: string, getToken: GetToken): Promise<void> {
  const client = createChatClient({ url, getToken, persistence: null });
  client.persistence.getSnapshot();
  await client.signOut();
  client.dispose();
}
