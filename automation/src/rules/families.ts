// A family of rules is one line here.
export { alerts } from './alerts/index.ts';
export { clients } from './clients/index.ts';
export { flow } from './flow/index.ts';
export { items } from './items/index.ts';
export { outside } from './outside/index.ts';
export { tasks } from './tasks/index.ts';
