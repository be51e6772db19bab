address <- "https://adres-van-dit-boek/api/"

# Alle gemeenten: waar is de kans op armoede het grootst?
figures <- read.csv(paste0(address, "gemeenten.csv"), encoding = "UTF-8")
risk <- subset(figures, indicator_id == "poverty_risk_120_pct")
latest <- subset(risk, year == max(year))
print(head(latest[order(-latest$value), c("municipality_name", "year", "value", "error_max")], 5), row.names = FALSE)

# Amsterdam: elk jaar, met hoe ver het cijfer ernaast kan zitten.
municipality <- read.csv(paste0(address, "gemeenten/gm0363.csv"), encoding = "UTF-8")
print(subset(municipality, indicator_id == "poverty_risk_120_pct", c("year", "value", "error_max")), row.names = FALSE)
