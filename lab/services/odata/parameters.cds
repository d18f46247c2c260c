using { managed } from '@sap/cds/common';

entity db.PlantParameters : managed {
  key Plant       : String(4);
  key ParameterID : String(40);
      Value       : String(100);
      Active      : Boolean;
      Threshold   : Decimal(13, 3);
      ValidFrom   : Date;
      Quota       : Int64;
}

entity db.CompanyCodes : managed {
  key CompanyCode   : String(4);
      Name          : String(60);
      Currency      : String(3);
      FiscalVariant : String(2);
      Taxes         : Composition of many db.TaxRates on Taxes.Company = $self;
}

entity db.TaxRates {
  key ID      : UUID;
      Company : Association to db.CompanyCodes;
      Code    : String(2);
      Rate    : Decimal(5, 2);
}

// Two records a page, so that reading has to follow links.
@path: '/odata/v4/parameters'
@requires: 'authenticated-user'
service ParameterService {
  @cds.query.limit: 2
  @restrict: [{ grant: 'READ' }, { grant: '*', to: 'keyuser' }]
  entity PlantParameters as projection on db.PlantParameters;
  @restrict: [{ grant: 'READ' }, { grant: '*', to: 'keyuser' }]
  entity CompanyCodes as projection on db.CompanyCodes;
}

annotate ParameterService.PlantParameters with { modifiedAt @odata.etag };
annotate ParameterService.CompanyCodes with { modifiedAt @odata.etag };
