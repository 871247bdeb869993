/** The article's own words, letter for letter; in Italian those of article 004 where it has them. */
export const wordsOf = {
  pt: {
    automation: 'Regras de automação',
    create: 'Criar',
    createTrigger: 'Criar gatilho',
    groups: ['Alterações no CRM', 'Comunicação com o cliente', 'Outros'],
    allowBack: 'Permitir a mudança para o status anterior',
    save: 'Salvar',
    amount: 'Valor',
    process: 'Automação inteligente de processos',
    delivery: 'Entrega',
    notify: 'Adicionar notificação',
  },
  it: {
    automation: 'Automazione',
    create: 'Crea',
    createTrigger: 'Crea trigger',
    groups: ['Modifiche nel CRM', 'Comunicazione con i clienti', 'Altro'],
    allowBack: 'Consenti ritorno alla fase precedente',
    save: 'Salva',
    amount: 'Importo',
    process: 'Smart process',
    delivery: 'Consegna',
    notify: 'Aggiungi notifica',
  },
} as const;

interface Named {
  readonly key: string;
  readonly names: { readonly pt: string; readonly it: string };
  /** What moves the item; null where the journey does it in another way. */
  readonly signal: { readonly kind: string; readonly payload: object } | null;
}

const named = (key: string, [pt, it]: readonly [string, string], kind: string | null, payload: object = {}): Named => ({
  key,
  names: { pt, it },
  signal: kind === null ? null : { kind, payload },
});

const SHOP = 'https://northwind.example/offer';

/** Every trigger that the article names. */
export const namedTriggers: readonly Named[] = [
  named(
    'crm/responsible-changed',
    ['Alteração da pessoa responsável', 'Monitora modifica della persona responsabile'],
    null,
  ),
  named('crm/field-changed', ['Alteração do campo', 'Monitora modifiche valore campo'], null),
  named('forms/submitted', ['Envio de formulário de CRM', 'Monitora invio moduli CRM'], 'form.submitted'),
  named('forms/callback', ['Retorno de chamada', 'Monitora richiesta di richiamata'], 'form.submitted', {
    callback: true,
  }),
  named('payments/invoice-paid', ['Pagamento de fatura', 'Monitora pagamento della fattura'], 'invoice.paid'),
  named('payments/order-paid', ['Pagamento do pedido', "Monitora pagamento dell'ordine"], 'order.paid'),
  named('documents/created', ['Documento criado', 'Documento creato'], 'document.created'),
  named('documents/opened', ['Documento aberto', 'Documento aperto'], 'document.opened'),
  named('meetings/visit', ['Visitar', 'Visita'], 'visit.started'),
  named('booking/booked', ['Recurso reservado', 'Risorsa prenotata'], 'booking.created'),
  named('email/received', ['E-mail recebido', 'Monitora e-mail in arrivo'], 'email.received'),
  named('email/opened', ['E-mail visualizado', "Monitora visualizzazione dell'e-mail"], 'email.opened'),
  named('email/sent', ['A mensagem foi enviada', 'Monitora e-mail inviata al cliente'], 'email.sent'),
  named('email/link-clicked', ['Link de e-mail clicado', "Monitora clic sul link dell'e-mail"], 'email.link-clicked', {
    url: SHOP,
  }),
  named('telephony/incoming-call', ['Chamada de entrada', 'Monitora chiamata in arrivo'], 'call.started'),
  named('telephony/outgoing-call', ['Chamada realizada', 'Monitora chiamata in uscita'], 'call.ended'),
  named('telephony/missed-call', ['Chamada perdida', 'Monitora chiamata persa'], 'call.missed'),
  named(
    'chat/first-message',
    ['Mensagem inicial postada pelo cliente no bate-papo ao vivo', 'Monitora primo messaggio del cliente'],
    'chat.started',
  ),
  named(
    'chat/message',
    ['Cada mensagem postada pelo cliente no bate-papo ao vivo', 'Monitora messaggi del cliente'],
    'chat.message',
    { text: 'Good morning' },
  ),
  named('chat/accepted', ['Bate-papo aceito pelo agente', 'Monitora accettazione della chat'], 'chat.accepted'),
  named(
    'chat/reaction-time',
    ['Bate-papo aceito pelo agente (tempo de reação)', 'Monitora tempo di reazione nella chat'],
    'chat.waiting',
    { waitedSeconds: 601 },
  ),
  named(
    'tasks/status-changed',
    ['Status da tarefa alterado', "Monitora modifica dello stato dell'incarico"],
    'task.status-changed',
    { status: 'completed' },
  ),
  named('apps/webhook', ['Webhook', 'Webhook'], 'webhook.called', { code: 'webhook' }),
  named('apps/app', ['Gatilho de App', "Trigger dell'applicazione"], 'app.triggered', { code: 'from-the-shop' }),
];
