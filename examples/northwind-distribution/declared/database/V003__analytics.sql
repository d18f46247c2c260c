CREATE SCHEMA analytics;

CREATE VIEW analytics.daily_shipments AS
  SELECT warehouse, shipped_at::date AS day, count(*) AS shipments
  FROM wms.shipments
  WHERE shipped_at IS NOT NULL
  GROUP BY 1, 2;
