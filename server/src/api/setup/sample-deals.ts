import type strings from './sample-data.strings.json';

type SampleWords = (typeof strings)['en'];

interface SampleDeal {
  readonly title: keyof SampleWords['deals'];
  readonly stage: string;
  readonly amount: number;
  readonly client: keyof SampleWords['clients'];
}

/** The oldest first. */
export const sampleDeals: readonly SampleDeal[] = [
  { title: 'routePlanning', stage: 'WON', amount: 4_800, client: 'transport' },
  { title: 'waitingRoomScreens', stage: 'LOST', amount: 2_100, client: 'clinic' },
  { title: 'bookingSystem', stage: 'INVOICE', amount: 12_500, client: 'hotel' },
  { title: 'onlineShop', stage: 'NEGOTIATION', amount: 9_900, client: 'furniture' },
  { title: 'pointOfSale', stage: 'WARM', amount: 6_400, client: 'bakery' },
  { title: 'fleetTracking', stage: 'OFFER', amount: 15_200, client: 'transport' },
  { title: 'remindersForClients', stage: 'OFFER', amount: 3_750, client: 'clinic' },
  { title: 'guestWiFi', stage: 'CONTACT', amount: 7_300, client: 'hotel' },
  { title: 'productPhotos', stage: 'NEW', amount: 5_600, client: 'furniture' },
  { title: 'loyaltyCards', stage: 'NEW', amount: 1_900, client: 'bakery' },
];
