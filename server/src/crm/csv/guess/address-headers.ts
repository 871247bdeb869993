import { plainWords } from '../plain-words.ts';

/** What a column of addresses is called, its qualifiers taken off; without accents. */
const names = {
  email: [
    'email,emails,e mail,e mails,mail,email address,email addresses,e mail address,e mail addresses',
    'adres email,adresy email,adres e mail,adresy e mail,correo,correos,correo electronico,correo e,direccion correo electronico',
    'endereco email,endereco e mail,posta elettronica,indirizzo posta elettronica,indirizzo email,indirizzo e mail',
  ],
  phone: [
    'phone,phones,phone number,phone numbers,telephone,telephone number,tel,mobile,mobile phone,mobile number,mobile phone number',
    'cell,cell phone,cellphone,car phone,radio phone',
    'whatsapp,whatsapp phone number,whatsapp phone,whatsapp number,whats app,whats app phone number,whats app phone,whats app number',
    'telefon,telefony,numer telefonu,nr telefonu,komorka,telefon komorkowy,komorkowy,tel kom,kom,tel komorkowy',
    'telefono,telefonos,numero telefono,movil,celular,telefono movil,telefono celular',
    'telefone,telefones,numero telefone,telemovel,telefone celular,cellulare,telefoni,telefono cellulare',
  ],
} as const;
export type AddressKind = keyof typeof names;

// "Phone - Mobile" is "Mobile phone".
const inOrder = (words: readonly string[]) => [...words].sort().join(' ');

const table = new Map<string, AddressKind>(
  (['email', 'phone'] as const).flatMap((kind) =>
    names[kind].flatMap((line) => line.split(',').map((name) => [inOrder(name.split(' ')), kind] as const)),
  ),
);

/** Which of somebody's addresses it is: all of them are theirs. */
const qualifiers = new Set(
  [
    'work home other business private personal main primary secondary additional alternative alternate second office direct value',
    'praca sluzbowy sluzbowa dom domowy domowa prywatny prywatna inny inna glowny glowna dodatkowy dodatkowa dodatkowe drugi',
    'trabajo casa otro particular laboral principal secundario adicional adicionales oficina privado',
    'trabalho comercial pessoal outro residencial secundaria adicionais escritorio',
    'lavoro ufficio personale altro principale secondario secondaria aggiuntivo aggiuntiva privato',
    'of the de del della di do da para for newsletters marketing purposes',
  ].flatMap((line) => line.split(' ')),
);

/** Of an address, and none: what kind it is, what is shown for it. */
const labels = /\b(type|label|display name|typ|etykieta|tipo|etiqueta|etichetta)$/;

/** Kept beside an address by address books; `E-mail 1 - Type`. */
export function isAddressLabel(header: string): boolean {
  const words = plainWords(header);
  return labels.test(words) && kindOf(words.replace(labels, '').trim()) !== undefined;
}

/** The kind of address that a column of a client holds, by words of its header in any order: `E-mail 2 - Value`, `Home phone`. */
export function addressNamed(words: string): AddressKind | undefined {
  return labels.test(words) ? undefined : kindOf(words);
}

function kindOf(words: string): AddressKind | undefined {
  const said = words
    .replace(/(\p{L})\d{1,2}\b/gu, '$1')
    .split(' ')
    .filter((word) => !qualifiers.has(word) && !/^\d{1,2}$/.test(word));
  return table.get(inOrder(said));
}

/** Numbers that nobody answers, and addresses of somebody else: never taken for the client's own by what they look like. */
export function isAnothers(words: string): boolean {
  return /\b(fax|faks|telefax|pager|isdn|telex|assistant s?|asystent\w*|asistente|assistente|secretar\w*|referr\w*|referrer|manager|owner|responsible|opiekun|created|modified|sender)\b/.test(
    words,
  );
}
