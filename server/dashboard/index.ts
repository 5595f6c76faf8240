/** The workbench of everybody who works for the county. */
export { dashboardRoutes } from './dashboard.routes';
