terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  region = "eu-west-1"
  access_key = "test"
  secret_key = "test"
  # and the endpoints of a moto server
  default_tags {
    tags = { managed = "terraform" }
  }
}
resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
  tags = { Name = "northwind-production" }
}
resource "aws_subnet" "private" {
  for_each = { a = 0, b = 1 }
  vpc_id = aws_vpc.main.id
  cidr_block = "10.20.${each.value}.0/24"
  availability_zone = "eu-west-1${each.key}"
  tags = { Name = "private-${each.key}" }
}
resource "aws_security_group" "wms" {
  name = "wms-api-production"
  description = "Warehouse API"
  vpc_id = aws_vpc.main.id
  ingress {
    description = "inside"
    from_port = 8443
    to_port = 8443
    protocol = "tcp"
    cidr_blocks = ["10.20.0.0/16", "10.30.0.0/16"]
    self = true
  }
  ingress {
    from_port = 9090
    to_port = 9092
    protocol = "tcp"
    ipv6_cidr_blocks = ["fd00::/8"]
  }
  egress {
    from_port = 0
    to_port = 0
    protocol = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_security_group" "db" {
  name = "erp-db-production"
  vpc_id = aws_vpc.main.id
  ingress {
    from_port = 5432
    to_port = 5432
    protocol = "tcp"
    security_groups = [aws_security_group.wms.id]
  }
}
resource "aws_network_acl" "private" {
  vpc_id = aws_vpc.main.id
  subnet_ids = [aws_subnet.private["a"].id]
  ingress {
    rule_no = 100
    protocol = "tcp"
    action = "allow"
    cidr_block = "10.0.0.0/8"
    from_port = 443
    to_port = 443
  }
}
resource "aws_internet_gateway" "main" { vpc_id = aws_vpc.main.id }
resource "aws_route_table" "private" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}
resource "aws_vpc_endpoint" "s3" {
  vpc_id = aws_vpc.main.id
  service_name = "com.amazonaws.eu-west-1.s3"
  route_table_ids = [aws_route_table.private.id]
}
resource "aws_iam_role" "wms" {
  name = "wms-api-production"
  path = "/workloads/"
  description = "Warehouse API"
  max_session_duration = 7200
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["sts:AssumeRole"], Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
  tags = { team = "warehouse" }
}
resource "aws_iam_role_policy" "queues" {
  name = "queues"
  role = aws_iam_role.wms.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["sqs:SendMessage", "sqs:ReceiveMessage"], Resource = "*" }] })
}
resource "aws_iam_policy" "archive" {
  name = "edi-archive-production"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = ["arn:aws:s3:::northwind-edi/*"] }] })
}
resource "aws_iam_role_policy_attachment" "archive" {
  role = aws_iam_role.wms.name
  policy_arn = aws_iam_policy.archive.arn
}
resource "aws_iam_user" "partner" {
  name = "edi-partner"
  force_destroy = true
}
resource "aws_iam_user_policy" "inbox" {
  name = "inbox"
  user = aws_iam_user.partner.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:PutObject", Resource = "*" }] })
}
resource "aws_iam_group" "operators" { name = "operators" }
resource "aws_iam_user_group_membership" "partner" {
  user = aws_iam_user.partner.name
  groups = [aws_iam_group.operators.name]
}
resource "aws_s3_bucket" "edi" {
  bucket = "northwind-edi-production"
  force_destroy = true
  tags = { system = "edi" }
}
resource "aws_s3_bucket_versioning" "edi" {
  bucket = aws_s3_bucket.edi.id
  versioning_configuration { status = "Enabled" }
}
resource "aws_s3_bucket_server_side_encryption_configuration" "edi" {
  bucket = aws_s3_bucket.edi.id
  rule {
    apply_server_side_encryption_by_default { sse_algorithm = "aws:kms" }
    bucket_key_enabled = true
  }
}
resource "aws_s3_bucket_public_access_block" "edi" {
  bucket = aws_s3_bucket.edi.id
  block_public_acls = true
  block_public_policy = true
  ignore_public_acls = true
  restrict_public_buckets = true
}
resource "aws_s3_bucket_ownership_controls" "edi" {
  bucket = aws_s3_bucket.edi.id
  rule { object_ownership = "BucketOwnerEnforced" }
}
resource "aws_s3_bucket_policy" "edi" {
  bucket = aws_s3_bucket.edi.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "EncryptedOnly", Effect = "Deny", Principal = "*", Action = "s3:*", Resource = ["${aws_s3_bucket.edi.arn}/*"], Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })
}
resource "aws_kms_key" "erp" {
  description = "ERP data"
  enable_key_rotation = true
}
resource "aws_secretsmanager_secret" "erp" {
  name = "production/erp/database"
  kms_key_id = aws_kms_key.erp.arn
}
resource "aws_cloudwatch_metric_alarm" "stuck" {
  alarm_name = "orders-stuck"
  comparison_operator = "LessThanThreshold"
  evaluation_periods = 3
  metric_name = "OrdersDone"
  namespace = "Northwind"
  period = 300
  statistic = "Sum"
  threshold = 1
  dimensions = { warehouse = "rotterdam" }
}
resource "aws_ecr_repository" "api" {
  name = "wms/api"
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration { scan_on_push = true }
}
resource "aws_lb" "wms" {
  name = "wms-production"
  internal = true
  subnets = [for s in aws_subnet.private : s.id]
  security_groups = [aws_security_group.wms.id]
}
resource "aws_lb_target_group" "wms" {
  name = "wms"
  port = 8443
  protocol = "HTTP"
  vpc_id = aws_vpc.main.id
  target_type = "ip"
}
resource "aws_lb_listener" "wms" {
  load_balancer_arn = aws_lb.wms.arn
  port = 80
  default_action {
    type = "forward"
    target_group_arn = aws_lb_target_group.wms.arn
  }
}
resource "aws_db_parameter_group" "erp" {
  name = "erp"
  family = "postgres16"
}
resource "aws_db_instance" "erp" {
  identifier = "erp-production"
  engine = "postgres"
  engine_version = "16.4"
  instance_class = "db.m6g.large"
  allocated_storage = 200
  username = "erp"
  password = "never-told-to-anyone"
  storage_encrypted = true
  skip_final_snapshot = true
  backup_retention_period = 14
  vpc_security_group_ids = [aws_security_group.db.id]
  parameter_group_name = aws_db_parameter_group.erp.name
}
resource "aws_ecs_cluster" "wms" { name = "wms" }
resource "aws_ecs_task_definition" "api" {
  family = "wms-api"
  network_mode = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu = 512
  memory = 1024
  container_definitions = jsonencode([{ name = "api", image = "wms/api:1.8.2", environment = [{ name = "STAGE", value = "production" }], portMappings = [{ containerPort = 8443 }] }])
}
resource "aws_ecs_service" "api" {
  name = "api"
  cluster = aws_ecs_cluster.wms.id
  task_definition = aws_ecs_task_definition.api.arn
  desired_count = 2
  launch_type = "FARGATE"
  network_configuration {
    subnets = [aws_subnet.private["a"].id]
    security_groups = [aws_security_group.wms.id]
  }
}
