"""The telling: charts and the simulation brief. (The only home of matplotlib and bokeh.)"""
