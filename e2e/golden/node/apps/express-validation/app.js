const express = require('express');
const { body, query, param, matchedData, validationResult, checkSchema } = require('express-validator');
const Joi = require('joi');
const { z } = require('zod');
const yup = require('yup');
const app = express();
app.use(express.json());
const check = (req, res, next) => {
  const errors = validationResult(req);
  return errors.isEmpty() ? next() : res.status(422).json({ errors: errors.array(), mapped: Object.keys(errors.mapped()) });
};
app.post('/ev/:id', param('id').isInt({ min: 1 }).toInt(), query('page').optional().isInt().withMessage('page must be a number'), body('email').isEmail().normalizeEmail(), body('name').trim().notEmpty().escape(), body('tags.*').isLength({ min: 2 }), body('age').optional({ nullable: true }).custom((value) => {
  if (value < 18) throw new Error('too young');
  return true;
}), check, (req, res) => res.json(matchedData(req)));
app.post('/ev-schema', checkSchema({ when: { isISO8601: true, toDate: true }, url: { isURL: { options: { require_tld: false } }, optional: true } }), check, (req, res) => res.json(matchedData(req)));
const joi = Joi.object({ email: Joi.string().email().required(), name: Joi.string().trim().min(2).max(5), age: Joi.number().integer().min(18), role: Joi.string().valid('a', 'b').default('a'), ref: Joi.when('role', { is: 'b', then: Joi.required() }), list: Joi.array().items(Joi.number()).unique() });
app.post('/joi', (req, res) => {
  const { value, error } = joi.validate(req.body, { abortEarly: false });
  if (error) return res.status(400).json({ message: error.message, details: error.details.map(({ path, type, message }) => ({ path, type, message })) });
  res.json(value);
});
const schema = z.object({ email: z.string().email(), name: z.string().min(2).transform((text) => text.toUpperCase()), age: z.coerce.number().int().optional(), kind: z.enum(['x', 'y']).default('x'), nested: z.union([z.string(), z.object({ a: z.boolean() }).strict()]).optional() });
app.post('/zod', (req, res) => {
  const result = schema.safeParse(req.body);
  if (!result.success) return res.status(400).json({ issues: result.error.issues, flat: result.error.flatten() });
  res.json(result.data);
});
const shape = yup.object({ email: yup.string().email().required(), count: yup.number().positive().integer(), on: yup.date().default(() => new Date(0)) });
app.post('/yup', async (req, res) => {
  try {
    res.json(await shape.validate(req.body, { abortEarly: false, stripUnknown: true }));
  } catch (error) {
    res.status(400).json({ name: error.name, errors: error.errors, paths: error.inner.map((e) => e.path) });
  }
});
app.listen(process.env.PORT || 3000, () => console.log('up'));
