/** The page over scripted runs, for looking at it and for its tests. Not part of the product's build. */
import { mount } from 'svelte';
import { tasks } from '../../../tasks/index.ts';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/layout.css';
import App from '../App.svelte';
import { Notices } from '../shell/notices.svelte.ts';
import { scenarios, type Scenario } from './scripted-record.ts';
import { scriptedServices } from './scripted.ts';

const wanted = new URLSearchParams(location.search).get('scenario');
const scenario = scenarios.find((name): name is Scenario => name === wanted) ?? 'passed';
const notices = new Notices();
notices.listen(window);
const target = document.getElementById('app');
if (target !== null) mount(App, { target, props: { services: scriptedServices(scenario, tasks), notices } });
