import type { Response } from 'express';
import { massOrganisations } from '../../donations';
import { open } from '../../platform/http/guard';
import { filtersOf } from '../../platform/http/list-url';
import type { Routes } from '../../platform/http/routes';
import type { Translate } from '../../platform/i18n/translator';
import { parseInput } from '../../platform/validation/field-issues';
import { zId, zWhole } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import { kindPage, massOrganisationsPage, organisationPage } from './mass-organisation-pages';

const everybody = open('anyone can check');
const words = (res: Response) => res.locals['t'] as Translate;
const yearFilter = z.object({ year: zWhole(2000, 2199).optional() });
const kindParam = z.object({ kind: z.enum(massOrganisations) });
const donorParam = z.object({ id: zId('don') });

/** The mass organisations' pages: all five kinds, one kind, one organisation; each for a year. */
export function addMassOrganisationPages(room: Routes): void {
  room.get('/mass-organisations', everybody, async (req, res) => {
    const { year } = filtersOf(yearFilter, req);
    res.render('transparency/mass-organisations', await massOrganisationsPage(req.ctx, words(res), year));
  });
  room.get('/mass-organisations/:kind', everybody, async (req, res) => {
    const { kind } = parseInput(kindParam, req.params);
    const { year } = filtersOf(yearFilter, req);
    res.render('transparency/mass-organisation-kind', await kindPage(req.ctx, words(res), kind, year));
  });
  room.get('/organisations/:id', everybody, async (req, res) => {
    const { id } = parseInput(donorParam, req.params);
    const { year } = filtersOf(yearFilter, req);
    res.render('transparency/organisation', await organisationPage(req.ctx, words(res), id, year));
  });
}
