/** Transparency: what anyone can check. */
export { transparencyRoutes } from './transparency.routes';
