/** A shop with a chat in it: its own page, its own sign-in, and Natter's kit in a box beside the honey. */

// The shop's own styles first: their layer is then the lower one.
import './shop.css';
import '@natter/ui/styles.css';
import './theme.css';
import { createChatClient } from '@natter/client';
import { Chatbox } from '@natter/ui';
import { createRoot } from 'react-dom/client';

const client = createChatClient({
  url: import.meta.env.VITE_CHAT_URL ?? 'http://localhost:4600',
  // A JWT that the shop's own server signs for whoever is signed in there.
  getToken: async () => (await fetch('/chat-token')).text(),
});

const shop = document.getElementById('shop');
if (shop === null) throw new Error('unable to open the shop: the page has no element "shop"');
createRoot(shop).render(
  <main>
    <article>
      <h1>Heather honey</h1>
      <p>Dark, strong, and gone by October.</p>
      <button type="button">Put it into the basket</button>
    </article>
    <Chatbox client={client} className="shop-chat" />
  </main>,
);
