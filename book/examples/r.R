# Haal het Data Package op en pak het uit. Hebt u het bestand al? Dan is alleen unzip nodig.
address <- "https://adres-van-dit-boek/api/"
download.file(paste0(address, "datapackage.zip"), "datapackage.zip", mode = "wb", quiet = TRUE)
unzip("datapackage.zip", exdir = "gegevens")

# Lees een tabel: komma tussen de velden, punt in getallen, leeg is onbekend.
read_table <- function(name) {
  read.csv(file.path("gegevens", "tables", paste0(name, ".csv")), encoding = "UTF-8", na.strings = "")
}
poverty <- read_table("municipal_child_poverty")
municipalities <- read_table("municipalities")

# De gemeenten met het hoogste percentage in het laatste jaar, met hun provincie van nu.
latest <- subset(poverty, year == max(year))
joined <- merge(latest, municipalities[c("municipality_code", "province_name")], all.x = TRUE)
highest <- joined[order(-joined$poverty_risk_120_pct), c("municipality_name", "province_name", "poverty_risk_120_pct")]
print(head(highest, 5), row.names = FALSE)

# Amsterdam: elk jaar, met hoe ver het cijfer ernaast kan zitten.
amsterdam <- subset(poverty, municipality_code == "GM0363", c("year", "poverty_risk_120_pct", "error_max_pct", "quality"))
print(amsterdam, row.names = FALSE)
