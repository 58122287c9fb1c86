"""The engine: plays a compiled plan on SimPy. It takes nothing but the plan, and gives rows.

Its rooms, from the door inwards:

- `simulate`, `engine`: play a scenario once; play a plan many times. `index`: what is looked up once a plan.
- `drill`: the clock with its waves, and the parts that share it. `draws`, `recorder`, `pools`, `calls`: what all use.
- `script`, `situation`: what the control puts into play; what is true, and what each actor believes.
- `desk`, `command`: the first report up; the response. Command's own rooms: `informing`, `people` and `approval` (who
  signs), `grades`, `levels`, `handover`, `termination`. `steps`: what is under way there and is no unit's duty.
- `needs`, `dispatch`: which needs stand; which duties are due, and the order of all decisions of a wave.
- `alarms`, `recall`, `batches`, `prerequisites`: what dispatch decides on tasks that are, or ought to be, under way.
- `tasks`: the life of a task, and its legs: `orders`, `journey`, `work`, `scene_reports`, `ending`; `relief` of its
  team.
- The friction of the world: `hours` (who is there by the clock), `networks`, `roads` (also weather and the luck of the
  day), `stocks`, `halts`.
- `safety`, `rules`: what keeps rescuers out of the work, and calls them out of it; look-ups of the rules.
  `exposure`: how long they may stay.
"""
