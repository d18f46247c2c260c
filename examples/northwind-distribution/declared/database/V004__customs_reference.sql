-- Goods that cross a border carry the reference of their export declaration.
ALTER TABLE wms.shipments ADD COLUMN customs_reference text;
