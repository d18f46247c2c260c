{{- define "leeway.labels" -}}
app.kubernetes.io/name: leeway
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- range $name, $value := .Values.labels }}
{{- if $value }}
{{ $name }}: {{ $value | quote }}
{{- end }}
{{- end }}
{{- end }}

{{- define "leeway.image" -}}
{{- $digest := required "image.digest is required: a tag is rebuilt, a digest is not" .Values.image.digest -}}
{{ .Values.image.repository }}@{{ $digest }}
{{- end }}

{{- define "leeway.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "leeway.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* What clones the estate, and what keeps it up to date. */}}
{{- define "leeway.git" -}}
env:
  - name: GIT_TERMINAL_PROMPT
    value: '0'
  - name: HOME
    value: /tmp
  - name: ESTATE_REPOSITORY
    value: {{ required "estate.repository is required" .Values.estate.repository | quote }}
  - name: ESTATE_BRANCH
    value: {{ .Values.estate.branch | quote }}
  {{- if .Values.estate.credentialsSecret }}
  - name: GIT_SSH_COMMAND
    value: ssh -i /credentials/ssh-privatekey -o UserKnownHostsFile=/credentials/known_hosts -o StrictHostKeyChecking=yes
  - name: GIT_CONFIG_COUNT
    value: '1'
  - name: GIT_CONFIG_KEY_0
    value: credential.helper
  - name: GIT_CONFIG_VALUE_0
    value: store --file=/credentials/git-credentials
  {{- end }}
volumeMounts:
  - name: state
    mountPath: /var/lib/leeway
  - name: tmp
    mountPath: /tmp
  {{- if .Values.estate.credentialsSecret }}
  - name: credentials
    mountPath: /credentials
    readOnly: true
  {{- end }}
resources:
  requests: { cpu: 10m, memory: 64Mi }
  limits: { cpu: 200m, memory: 256Mi }
securityContext:
  {{- include "leeway.containerSecurity" . | nindent 2 }}
{{- end }}

{{/* One Deployment of the server in a role: `api` answers calls, `worker` runs scans. */}}
{{- define "leeway.deployment" -}}
{{- $role := .role -}}
{{- $settings := index .root.Values $role -}}
{{- with .root -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}-{{ $role }}
  labels:
    {{- include "leeway.labels" . | nindent 4 }}
    app.kubernetes.io/component: {{ $role }}
spec:
  replicas: {{ $settings.replicas }}
  selector:
    matchLabels:
      app.kubernetes.io/name: leeway
      app.kubernetes.io/instance: {{ .Release.Name }}
      app.kubernetes.io/component: {{ $role }}
  template:
    metadata:
      labels:
        {{- include "leeway.labels" . | nindent 8 }}
        app.kubernetes.io/component: {{ $role }}
    spec:
      serviceAccountName: {{ .Release.Name }}
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: {{ $settings.terminationGraceSeconds | default 60 }}
      securityContext:
        {{- include "leeway.podSecurity" . | nindent 8 }}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              app.kubernetes.io/name: leeway
              app.kubernetes.io/instance: {{ .Release.Name }}
              app.kubernetes.io/component: {{ $role }}
      initContainers:
        - name: clone
          image: {{ include "leeway.image" . }}
          imagePullPolicy: {{ .Values.image.pullPolicy }}
          command: [git, clone, --branch, $(ESTATE_BRANCH), --, $(ESTATE_REPOSITORY), /var/lib/leeway/estate]
          {{- include "leeway.git" . | nindent 10 }}
      containers:
        - name: leeway
          image: {{ include "leeway.image" . }}
          imagePullPolicy: {{ .Values.image.pullPolicy }}
          args:
            - serve
            - --estate
            - /var/lib/leeway/estate
            - --host
            - 0.0.0.0
            - --port
            - '7460'
            - --role
            - {{ $role }}
            - --public-url
            - {{ required "publicUrl is required" .Values.publicUrl }}
          envFrom:
            - secretRef:
                name: {{ required "environmentSecret is required: it holds LEEWAY_DATABASE_URL and LEEWAY_SEAL_KEY" .Values.environmentSecret }}
          ports:
            - name: http
              containerPort: 7460
          startupProbe:
            httpGet: { path: /readyz, port: http }
            periodSeconds: 2
            failureThreshold: 60
          readinessProbe:
            httpGet: { path: /readyz, port: http }
            periodSeconds: 5
          livenessProbe:
            httpGet: { path: /healthz, port: http }
            periodSeconds: 10
            failureThreshold: 6
          resources:
            {{- toYaml $settings.resources | nindent 12 }}
          securityContext:
            {{- include "leeway.containerSecurity" . | nindent 12 }}
          volumeMounts:
            - name: state
              mountPath: /var/lib/leeway
            - name: tmp
              mountPath: /tmp
        - name: pull
          image: {{ include "leeway.image" . }}
          imagePullPolicy: {{ .Values.image.pullPolicy }}
          command:
            - sh
            - -c
            - while sleep {{ int .Values.estate.pullSeconds }}; do git -C /var/lib/leeway/estate pull --ff-only --quiet || true; done
          {{- include "leeway.git" . | nindent 10 }}
      volumes:
        - name: state
          emptyDir: {}
        - name: tmp
          emptyDir: {}
        {{- if .Values.estate.credentialsSecret }}
        - name: credentials
          secret:
            secretName: {{ .Values.estate.credentialsSecret }}
            defaultMode: 0440
        {{- end }}
{{- end }}
{{- end }}
