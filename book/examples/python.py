import json
from urllib.request import urlopen

import pandas as pd

address = "https://adres-van-dit-boek/api/"

# Alle gemeenten: waar is de kans op armoede het grootst?
figures = pd.read_csv(address + "gemeenten.csv")
risk = figures[figures["indicator_id"] == "poverty_risk_120_pct"]
latest = risk[risk["year"] == risk["year"].max()]
print(latest.nlargest(5, "value")[["municipality_name", "year", "value", "error_max"]].to_string(index=False))

# Amsterdam: elk jaar, met hoe ver het cijfer ernaast kan zitten.
with urlopen(address + "gemeenten/gm0363.json") as file:
    municipality = json.load(file)
indicators = {indicator["indicator_id"]: indicator for indicator in municipality["indicators"]}
print(municipality["municipality_name"], indicators["poverty_risk_120_pct"]["unit"])
for row in indicators["poverty_risk_120_pct"]["values"]:
    print(row["year"], row["value"], row["error_max"])
