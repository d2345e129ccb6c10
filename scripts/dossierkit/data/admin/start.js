// The newsroom's own copy of Sveltia CMS (the folder `npm` of the package @sveltia/cms), started with config.yml.
import { init } from "./sveltia-cms/index.js";

init();
