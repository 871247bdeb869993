// A family of signals is one line here. Each file exports its kinds and nothing else.
export * from './app.ts';
export * from './call.ts';
export * from './chat.ts';
export * from './document.ts';
export * from './email.ts';
export * from './form.ts';
export * from './item.ts';
export * from './meeting.ts';
export * from './payment.ts';
export * from './task.ts';
