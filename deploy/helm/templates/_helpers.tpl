{{- define "lianban.labels" -}}
app.kubernetes.io/name: lianban
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- /* Of one part: what its pods bear, and what chooses them. */ -}}
{{- define "lianban.part" -}}
{app.kubernetes.io/name: lianban, app.kubernetes.io/instance: {{ .root.Release.Name }}, app.kubernetes.io/component: {{ .part }}}
{{- end }}

{{- define "lianban.image" -}}
{{- with .Values.image -}}
{{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end -}}
{{- end }}

{{- define "lianban.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: {type: RuntimeDefault}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
{{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "lianban.container" -}}
image: {{ include "lianban.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
{{- end }}

{{- /* Copies of one part are put on different machines where there are some. */ -}}
{{- define "lianban.spread" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector: {matchLabels: {{ include "lianban.part" . }}}
{{- end }}

{{- /* What each process of the county is told; no secret. */ -}}
{{- define "lianban.environment" -}}
- {name: NATS_URL, value: {{ .Values.bus.url | quote }}}
- {name: NATS_CREDS, value: /run/secrets/bus.creds}
- {name: NATS_CA, value: /run/secrets/ca.pem}
- {name: COUNTY, value: {{ .Values.county | quote }}}
- {name: PUBLIC_URL, value: {{ printf "https://%s" .Values.host | quote }}}
{{- range $name, $value := .Values.settings }}
- {name: {{ $name }}, value: {{ $value | toString | quote }}}
{{- end }}
{{- end }}

{{- define "lianban.addresses" -}}
{{- $addresses := list -}}
{{- range $n := until (int .root.Values.copies) -}}
{{- $addresses = append $addresses (printf "%s-%d.%s:8100" $.service $n $.service) -}}
{{- end -}}
{{- join " " $addresses -}}
{{- end }}
