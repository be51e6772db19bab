-- Van hoeveel gemeenten is er een percentage,
-- en hoe ver kan het ernaast zitten?
SELECT year, quality,
       count(poverty_risk_120_pct) AS gemeenten,
       max(error_max_pct) AS foutmarge
FROM 'tables/municipal_child_poverty.csv'
WHERE year IN (2020, 2021)
GROUP BY year, quality
ORDER BY year, gemeenten DESC;

-- Waar is het percentage in 2021 het hoogst?
SELECT municipality_name AS gemeente,
       m.province_name AS provincie,
       p.poverty_risk_120_pct AS procent
FROM 'tables/municipal_child_poverty.csv' AS p
LEFT JOIN 'tables/municipalities.csv' AS m
  USING (municipality_code, municipality_name)
WHERE year = 2021
ORDER BY procent DESC, gemeente
LIMIT 5;

-- Welke gemeenten van 2021 bestaan niet meer,
-- en in welke gemeente gingen ze op?
SELECT p.municipality_name AS was,
       string_agg(c.new_name, ', ' ORDER BY c.new_name) AS nu,
       p.poverty_risk_120_pct AS procent
FROM 'tables/municipal_child_poverty.csv' AS p
JOIN 'tables/boundary_changes.csv' AS c
  ON c.old_code = p.municipality_code AND c.year > p.year
WHERE p.year = 2021
GROUP BY ALL
ORDER BY was
LIMIT 5;

-- Een cijfer uit een document van het kabinet,
-- met de vindplaats.
SELECT l.value AS waarde, l.unit AS eenheid,
       d.parliamentary_number AS kamerstuk,
       d.date AS datum, l.locator_nl AS plaats
FROM 'tables/ledger.csv' AS l
JOIN 'tables/documents.csv' AS d USING (document_id)
WHERE l.fact_id = 'reduction_target_share';
