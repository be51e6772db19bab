# Haal het Data Package op en pak het uit.
# Hebt u het bestand al? Dan is alleen unzip nodig.
address <- "https://adres-van-dit-boek/api/"
file <- "datapackage.zip"
download.file(paste0(address, file), file, mode = "wb", quiet = TRUE)
unzip(file, exdir = "gegevens")

# Lees een tabel. Een leeg veld is onbekend.
read_table <- function(name) {
  path <- file.path("gegevens", "tables", paste0(name, ".csv"))
  read.csv(path, encoding = "UTF-8", na.strings = "")
}
poverty <- read_table("municipal_child_poverty")
municipalities <- read_table("municipalities")
provinces <- municipalities[c("municipality_code", "province_name")]

# Waar is het percentage in het laatste jaar het hoogst?
latest <- merge(subset(poverty, year == max(year)), provinces, all.x = TRUE)
highest <- latest[order(-latest$poverty_risk_120_pct), ]
columns <- c("municipality_name", "province_name", "poverty_risk_120_pct")
print(head(highest[columns], 5), row.names = FALSE)

# Amsterdam: elk jaar, met hoe ver het cijfer ernaast kan zitten.
amsterdam <- subset(poverty, municipality_code == "GM0363")
columns <- c("year", "poverty_risk_120_pct", "error_max_pct", "quality")
print(amsterdam[columns], row.names = FALSE)
