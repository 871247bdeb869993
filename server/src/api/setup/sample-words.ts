import type { Language } from '@signalbox/contract/common.ts';

export interface SampleClient {
  readonly company: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly mailbox: string;
  readonly domain: string;
  readonly phone: string;
}

type Row = readonly [
  company: string,
  firstName: string,
  lastName: string,
  mailbox: string,
  domain: string,
  phone: string,
];

const client = ([company, firstName, lastName, mailbox, domain, phone]: Row): SampleClient => ({
  ...{ company, firstName, lastName, mailbox, domain, phone },
});

/** Nobody's real addresses: domains under .example, numbers kept for stories where a country has them. */
export const sampleClients: Readonly<Record<Language, readonly SampleClient[]>> = {
  en: [
    client(['Harbour Bakery', 'Emma', 'Clarke', 'emma.clarke', 'harbourbakery.example', '+44 20 7946 0101']),
    client(['Northfield Dental', 'James', 'Whitaker', 'j.whitaker', 'northfielddental.example', '+44 20 7946 0132']),
    client(['Oak & Iron Furniture', 'Priya', 'Nair', 'priya', 'oakandiron.example', '+44 20 7946 0144']),
    client(['Brightwater Hotel', 'Tom', 'Ellison', 'tom.ellison', 'brightwater.example', '+44 20 7946 0178']),
    client(['Meridian Logistics', 'Grace', 'Okafor', 'grace.okafor', 'meridianlog.example', '+44 20 7946 0190']),
  ],
  pl: [
    client(['Piekarnia Pod Lipą', 'Katarzyna', 'Nowak', 'k.nowak', 'podlipa.example', '+48 22 100 20 01']),
    client(['Meble Dąbrowscy', 'Tomasz', 'Dąbrowski', 't.dabrowski', 'dabrowscy.example', '+48 61 100 20 02']),
    client([
      'Klinika Zdrowie Plus',
      'Magdalena',
      'Wiśniewska',
      'm.wisniewska',
      'zdrowieplus.example',
      '+48 12 100 20 03',
    ]),
    client(['Hotel Bursztyn', 'Paweł', 'Zieliński', 'p.zielinski', 'hotelbursztyn.example', '+48 58 100 20 04']),
    client(['Trans-Wisła', 'Joanna', 'Kamińska', 'j.kaminska', 'transwisla.example', '+48 71 100 20 05']),
  ],
  es: [
    client(['Panadería La Espiga', 'Lucía', 'Romero', 'lucia.romero', 'laespiga.example', '+34 910 100 201']),
    client(['Muebles Alcázar', 'Javier', 'Ortega', 'j.ortega', 'mueblesalcazar.example', '+34 954 100 202']),
    client(['Clínica San Marcos', 'Elena', 'Navarro', 'elena', 'clinicasanmarcos.example', '+34 932 100 203']),
    client(['Hotel Miramar', 'Diego', 'Castillo', 'diego.castillo', 'hotelmiramar.example', '+34 952 100 204']),
    client(['Logística Ebro', 'Carmen', 'Vidal', 'c.vidal', 'logisticaebro.example', '+34 976 100 205']),
  ],
  pt: [
    client(['Padaria Boa Vista', 'Mariana', 'Costa', 'mariana.costa', 'padariaboavista.example', '+55 11 4003 2001']),
    client(['Móveis Ipê', 'Rafael', 'Almeida', 'rafael', 'moveisipe.example', '+55 41 4003 2002']),
    client(['Clínica Vida Nova', 'Beatriz', 'Souza', 'b.souza', 'vidanova.example', '+55 21 4003 2003']),
    client(['Pousada do Sol', 'Tiago', 'Pereira', 'tiago.pereira', 'pousadadosol.example', '+55 71 4003 2004']),
    client(['Rota Sul Transportes', 'Fernanda', 'Lima', 'f.lima', 'rotasul.example', '+55 51 4003 2005']),
  ],
  it: [
    client(['Panificio Aurora', 'Chiara', 'Ferrari', 'chiara.ferrari', 'panificioaurora.example', '+39 02 1000 2001']),
    client(['Mobili Castagno', 'Luca', 'Moretti', 'l.moretti', 'mobilicastagno.example', '+39 051 1000 202']),
    client(['Studio Dentistico Salvi', 'Giulia', 'Salvi', 'giulia', 'studiosalvi.example', '+39 06 1000 2003']),
    client(['Hotel Belvedere', 'Marco', 'Conti', 'marco.conti', 'hotelbelvedere.example', '+39 055 1000 204']),
    client(['Trasporti Adriatica', 'Sara', 'Greco', 's.greco', 'trasportiadriatica.example', '+39 080 1000 205']),
  ],
};

interface SampleDeal {
  readonly title: Readonly<Record<Language, string>>;
  readonly stage: string;
  readonly amount: number;
  /** Index of the client. */
  readonly client: number;
}

/** The oldest first. */
export const sampleDeals: readonly SampleDeal[] = [
  deal('WON', 4_800, 4, [
    'Route planning',
    'Planowanie tras',
    'Planificación de rutas',
    'Planejamento de rotas',
    'Pianificazione percorsi',
  ]),
  deal('LOST', 2_100, 1, [
    'Waiting room screens',
    'Ekrany do poczekalni',
    'Pantallas para la sala',
    'Telas para a recepção',
    'Schermi per la sala',
  ]),
  deal('INVOICE', 12_500, 3, [
    'Booking system',
    'System rezerwacji',
    'Sistema de reservas',
    'Sistema de reservas',
    'Sistema di prenotazione',
  ]),
  deal('NEGOTIATION', 9_900, 2, [
    'Online shop',
    'Sklep internetowy',
    'Tienda en línea',
    'Loja virtual',
    'Negozio online',
  ]),
  deal('WARM', 6_400, 0, ['Point of sale', 'Kasa i terminal', 'Terminal de venta', 'Ponto de venda', 'Punto cassa']),
  deal('OFFER', 15_200, 4, [
    'Fleet tracking',
    'Monitoring floty',
    'Control de flota',
    'Rastreamento de frota',
    'Controllo della flotta',
  ]),
  deal('OFFER', 3_750, 1, [
    'Reminders for clients',
    'Przypomnienia dla klientów',
    'Recordatorios',
    'Lembretes a clientes',
    'Promemoria ai clienti',
  ]),
  deal('CONTACT', 7_300, 3, [
    'Guest Wi-Fi',
    'Wi-Fi dla gości',
    'Wi-Fi para huéspedes',
    'Wi-Fi para hóspedes',
    'Wi-Fi per gli ospiti',
  ]),
  deal('NEW', 5_600, 2, [
    'Product photos',
    'Zdjęcia produktów',
    'Fotos de producto',
    'Fotos de produtos',
    'Foto dei prodotti',
  ]),
  deal('NEW', 1_900, 0, [
    'Loyalty cards',
    'Karty stałego klienta',
    'Tarjetas de fidelidad',
    'Cartões fidelidade',
    'Carte fedeltà',
  ]),
];

function deal(
  stage: string,
  amount: number,
  of: number,
  [en, pl, es, pt, it]: readonly [string, string, string, string, string],
): SampleDeal {
  return { stage, amount, client: of, title: { en, pl, es, pt, it } };
}
