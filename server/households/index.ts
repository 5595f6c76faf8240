export { isBelowLine } from './net-income';
