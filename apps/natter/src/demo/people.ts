/** Owns who lives in the demo. */
import type { UserId } from '@natter/protocol';

export interface DemoPerson {
  id: UserId;
  name: string;
  about: string;
}

export const people: readonly DemoPerson[] = [
  person('ada', 'Ada Okafor', 'Plans the hikes, writes the code that plans the hikes'),
  person('grace', 'Grace Lindqvist', 'Runs the workshop by the harbour'),
  person('mateo', 'Mateo Álvarez', 'Bakes at night, sleeps at noon'),
  person('yuki', 'Yuki Tanaka', 'Takes the pictures everyone asks for'),
  person('priya', 'Priya Raman', 'Tests things until they break'),
  person('omar', 'Omar Haddad', 'Knows every train and most of the drivers'),
  person('lena', 'Lena Kowalska', 'Reads three books at once'),
  person('tunde', 'Tunde Bakare', 'New in town'),
];

function person(id: string, name: string, about: string): DemoPerson {
  return { id: id as UserId, name, about };
}
